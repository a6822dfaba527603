import { BriefingError } from './briefing-error.js';

/** Refuses what is not a positive, finite number of milliseconds that a timer can wait for. */
export function requireMs(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && value <= 0x7f_ff_ff_ff)) {
    throw new BriefingError(
      'invalid-option',
      `${option} must be a number of milliseconds from 1 to 2147483647, not ${shown(value)}`,
    );
  }
}

/** Refuses what is not a positive whole number. */
export function requireCount(option: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new BriefingError('invalid-option', `${option} must be a positive whole number, not ${value}`);
  }
}

/** Refuses what is not text, or only white space. */
export function requireText(option: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new BriefingError('invalid-option', `${option} must be text that is not empty`);
  }
}

/** A value as a user has written it. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
