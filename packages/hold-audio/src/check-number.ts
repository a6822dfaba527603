import { HoldAudioError } from './hold-audio-error.js';

/** The value if it is a number in range; `name` is how the message calls it. */
export function checkNumber(value: unknown, name: string, min: number, max: number): number {
  if (typeof value === 'number' && value >= min && value <= max) return value;
  const allowed = max === Number.MAX_VALUE ? `a number of ${min} or more` : `a number from ${min} to ${max}`;
  throw new HoldAudioError('invalid-option', `"${name}" is ${String(value)}; allowed: ${allowed}`);
}
