import { ConsultRoomError } from '../errors/consult-room-error.js';

export function invalid(option: string, rule: string): ConsultRoomError {
  const problems = [{ option, reason: rule }];
  return new ConsultRoomError('invalid-option', `option "${option}" ${rule}`, { problems });
}

export function text(value: string, option: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw invalid(option, 'must be a text that is not empty');
  return value;
}

export function wholeNumber(value: number, option: string, least: number): number {
  if (!Number.isSafeInteger(value) || value < least || value > 2 ** 31 - 1) {
    throw invalid(option, `must be a whole number of at least ${least}`);
  }
  return value;
}

/** The server and its tokens count whole seconds: anything finer could only be replaced in silence. */
export function wholeSeconds(value: number, option: string): number {
  if (wholeNumber(value, option, 1000) % 1000 !== 0) {
    throw invalid(option, 'must be whole seconds, given in milliseconds (a multiple of 1000)');
  }
  return value;
}
