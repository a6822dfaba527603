import { PhoneLabError } from '../phone-lab-error.js';

/** Keys by their RTP event code (RFC 4733, section 3.2). */
const keys = '0123456789*#ABCD';

export function keyToCode(key: string): number {
  const code = key.length === 1 ? keys.indexOf(key.toUpperCase()) : -1;
  if (code < 0) throw new PhoneLabError('misuse', `"${key}" is not a key; keys are ${keys}`);
  return code;
}
