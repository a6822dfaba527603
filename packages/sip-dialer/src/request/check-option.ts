import { SipDialerError } from '../sip-dialer-error.js';

/** Refuses the request with the option's name and what is allowed. The value stays out of it: it may be personal. */
export function requireThat(valid: boolean, option: string, allowed: string): asserts valid {
  if (!valid) throw new SipDialerError('invalid-option', `${option} must be ${allowed}`, { option });
}

/** The value, which must be text and more than space. */
export function requireText(value: unknown, option: string): string {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    throw new SipDialerError('missing-option', `${option} must be a non-empty string`, { option });
  }
  requireThat(typeof value === 'string' && !hasControlCharacter(value), option, 'a string without control characters');
  return value;
}

export function requireDurationMs(value: number, option: string, minMs: number, maxMs: number): number {
  const valid = typeof value === 'number' && value >= minMs && value <= maxMs;
  requireThat(valid, option, `a number of milliseconds from ${minMs} to ${maxMs}`);
  return value;
}

/** Line breaks in a SIP field would begin a header of their own. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
