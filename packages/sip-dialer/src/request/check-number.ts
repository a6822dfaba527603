import { requireThat } from '../options/validate.js';

/**
 * The accepted form of `to`, without the separators of a number.
 *
 * - `strict`: an E.164 number, `+` and 7 to 15 digits.
 * - `lenient`: any SIP user part (RFC 3261 section 25.1) or dialed digits with `*` and `#`; no spaces.
 * - `off`: anything that can be distinguished from an address.
 */
export type NumberCheck = 'strict' | 'lenient' | 'off';

/** E.164 sets no minimum; no country has numbers of fewer digits, its code included. */
const e164 = /^\+[1-9]\d{6,14}$/;

/** `user` of the RFC, without `;` and `?`, which would start parameters and headers; `#` is dialed on many PBXs. */
const userPart = /^(?:[\w.!~*'()&=+$,/#-]|%[\da-f]{2})+$/i;

const checks: Readonly<Record<NumberCheck, (user: string) => void>> = {
  strict(user) {
    requireThat(e164.test(user), 'to', 'an E.164 number (+ and 7 to 15 digits) where numberCheck is strict');
  },
  lenient(user) {
    requireThat(
      userPart.test(user),
      'to',
      "a number or SIP user of letters, digits and -_.!~*'()&=+$,/#, without spaces (see numberCheck)",
    );
  },
  off() {},
};

export function checkNumber(user: string, mode: NumberCheck): void {
  checks[mode](user);
}
