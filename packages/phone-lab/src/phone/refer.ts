import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneCall, PhoneScript } from './phone-call.js';

/** What a phone does when it is told by REFER to call another number (RFC 3515). */
export type ReferAnswer =
  /** It accepts, calls the number, and leaves this call as soon as the new one is active. */
  | 'follow'
  /** The same, and the new call has a script. */
  | { readonly follow: PhoneScript }
  /** It refuses the REFER with a SIP status, 300-699, such as 603 or 405. */
  | { readonly reject: number }
  /** It accepts, calls nobody, and reports by NOTIFY that the new call came to this SIP status, 200-699. 200 ends this call. */
  | { readonly notify: number }
  /** It does not answer the REFER. */
  | 'silence';

/** A REFER that came to a phone. */
export interface Refer {
  /** What the phone is to call, as it was sent: `sip:` or `tel:`. */
  readonly uri: string;
  /** The number in it. */
  readonly number: string;
  /** The call that the phone placed because of it, if it did. */
  readonly newCall: PhoneCall | undefined;
  /** Epoch, ms. */
  readonly at: number;
}

export function checkReferAnswer(answer: ReferAnswer): void {
  if (typeof answer === 'string') {
    if (answer !== 'follow' && answer !== 'silence') {
      throw new PhoneLabError('misuse', `onRefer() takes follow, silence, reject or notify, not ${String(answer)}`);
    }
    return;
  }
  if ('follow' in answer) return;
  const [name, status, from] = 'reject' in answer ? ['reject', answer.reject, 300] : ['notify', answer.notify, 200];
  if (!Number.isInteger(status) || status < from || status > 699) {
    throw new PhoneLabError('misuse', `onRefer(): ${name} must be a SIP status from ${from} to 699, not ${status}`);
  }
}

/** The number in a `sip:`, `sips:` or `tel:` address, with or without angle brackets; undefined if it is none of them. */
export function numberOfUri(uri: string): string | undefined {
  const [, number] = /^<?(?:sips?|tel):([^@;>?]*)/.exec(uri) ?? [];
  return number;
}
