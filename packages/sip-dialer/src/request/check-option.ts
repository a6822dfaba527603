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
  return requireLine(value, option);
}

/** The value, which must be text in one line; it may be empty. */
export function requireLine(value: unknown, option: string): string {
  requireThat(typeof value === 'string' && !hasControlCharacter(value), option, 'a string without control characters');
  return value;
}

export function requireDurationMs(value: number, option: string, minMs: number, maxMs: number): number {
  const valid = typeof value === 'number' && value >= minMs && value <= maxMs;
  requireThat(valid, option, `a number of milliseconds from ${minMs} to ${maxMs}`);
  return value;
}

/** The value, which must be a name of the table. */
export function requireOneOf<Name extends string>(
  value: Name,
  option: string,
  table: { readonly [name in Name]: unknown },
): Name {
  const known = typeof value === 'string' && Object.hasOwn(table, value);
  requireThat(known, option, `one of ${Object.keys(table).join(', ')}`);
  return value;
}

/** Refuses what is no object at all, such as a request that was forgotten. */
export function requireObject(value: unknown, option: string): void {
  if (typeof value === 'object' && value !== null) return;
  throw new SipDialerError('missing-option', `${option} must be an object`, { option });
}

/** Refuses options that would fail in the middle of a call. */
export function requireCallOptions(options: { readonly signal?: unknown; readonly onProgress?: unknown }): void {
  requireObject(options, 'options');
  const { signal, onProgress } = options;
  requireThat(signal === undefined || signal instanceof AbortSignal, 'signal', 'an AbortSignal');
  requireThat(onProgress === undefined || typeof onProgress === 'function', 'onProgress', 'a function');
}

/** A copy of the record, whose values must be text. */
export function requireTexts(record: Readonly<Record<string, string>>, option: string): Record<string, string> {
  // A Map, for one, has no entries of its own that the SDK would send.
  const plain = typeof record === 'object' && record !== null && !(Symbol.iterator in record);
  const texts = plain && Object.values(record).every((value) => typeof value === 'string');
  requireThat(texts, option, 'an object with strings as values');
  return { ...record };
}

/** The value, which must be of this type; the SDK would fail on another one in the middle of the request. */
export function requireType<Value>(
  value: Value | undefined,
  option: string,
  type: 'string' | 'boolean',
): Value | undefined {
  requireThat(value === undefined || typeof value === type, option, `a ${type}`);
  return value;
}

/** Line breaks in a SIP field would begin a header of their own. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
