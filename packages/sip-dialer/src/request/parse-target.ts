import { plainNumber } from './plain-number.js';
import { requireThat } from '../options/validate.js';
import { SipDialerError } from '../sip-dialer-error.js';

export interface DialTarget {
  /** Number or user part; the server accepts no full URI. */
  readonly user: string;
  /** Host of a `sip:` or `sips:` URI. */
  readonly host?: string;
  /** A `sips:` URI, which demands TLS. */
  readonly secure: boolean;
}

/** Splits a URI (RFC 3261 section 19.1, RFC 3966), and removes the separators from a number. */
export function parseTarget(to: string): DialTarget {
  const plain = plainNumber(to);
  const uri = /^(sips?|tel):([^@;?]+)(?:@([^@;?]+))?$/i.exec(plain);
  const [, scheme, written = plain, host] = uri ?? [];
  const user = plainNumber(written);
  const secure = scheme?.toLowerCase() === 'sips';
  requireThat(
    !/[@;?]|^(sips?|tel):/i.test(user),
    'to',
    'a phone number, a SIP user, or a tel: or sip: URI without parameters',
  );
  if (user.trim() === '')
    throw new SipDialerError('missing-option', '`to` must name a number or user', { option: 'to' });
  return { user, secure, ...(host !== undefined && { host }) };
}
