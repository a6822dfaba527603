import type { TwirpError } from '../twirp/twirp-error.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneCall, PhoneScript } from './phone-call.js';

/** The behavior of a phone that receives a REFER (RFC 3515). */
export type ReferAnswer =
  /** It accepts, calls the number, reports the answer, and waits for the gateway to hang up this call, which takes a second. */
  | 'follow'
  /** The same with a script for the new call; with `hangsUp` the phone leaves this call itself as soon as the new one is answered. */
  | { readonly follow: PhoneScript; readonly hangsUp?: boolean }
  /** It rejects the REFER with a SIP status, 300-699, such as 603 or 405. */
  | { readonly reject: number }
  /** It accepts, places no call, and reports this SIP status of the new call by NOTIFY, 200-699. 2xx ends this call. */
  | { readonly notify: number }
  /** It accepts and hangs up this call immediately, without a report. That counts as success. */
  | 'accept-and-hang-up'
  /** It accepts, and nothing follows. */
  | 'accept-only'
  /** It does not answer the REFER. */
  | 'silence';

/** A transfer that the gateway is busy with; while it lasts, the call cannot be transferred elsewhere. */
export interface PendingTransfer {
  readonly uri: string;
  /** The error to answer, or none. */
  readonly result: Promise<TwirpError | undefined>;
}

/** A REFER that came to a phone. */
export interface Refer {
  /** The target, as it was sent: `sip:` or `tel:`. */
  readonly uri: string;
  /** The number in it. */
  readonly number: string;
  /** Headers of the request, and those that the trunk makes of attributes. */
  readonly headers: Readonly<Record<string, string>>;
  /** The call that the phone placed because of it, if it did. */
  readonly newCall: PhoneCall | undefined;
  /** Epoch, ms. */
  readonly at: number;
}

const words: readonly unknown[] = ['follow', 'accept-and-hang-up', 'accept-only', 'silence'];

export function checkReferAnswer(answer: ReferAnswer): void {
  if (typeof answer === 'string') {
    if (words.includes(answer)) return;
    throw new PhoneLabError('misuse', `onRefer() takes ${words.join(', ')}, reject or notify, not ${answer as string}`);
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
