import type { DialFailureStatus } from './dial-outcome.js';

/** What a SIP status says about an attempt, and whether trying again later makes sense. */
export interface SipVerdict {
  readonly status: DialFailureStatus;
  readonly retryable: boolean;
}

const verdict = (status: DialFailureStatus, retryable: boolean): SipVerdict => Object.freeze({ status, retryable });

/** SIP responses that say more than their class does. RFC 3261 section 21 unless noted. */
const byCode: Readonly<Record<number, SipVerdict>> = {
  401: verdict('trunk-rejected', false), // our credentials
  402: verdict('trunk-rejected', false), // the account is out of credit
  403: verdict('trunk-rejected', false), // trunks answer so to a caller ID or destination they do not allow
  404: verdict('invalid-number', false),
  407: verdict('trunk-rejected', false), // our credentials, to a proxy
  408: verdict('no-answer', true),
  410: verdict('invalid-number', false), // the number was given up
  416: verdict('invalid-number', false), // the kind of URI is not understood
  480: verdict('no-answer', true), // signed out, or the phone stopped ringing by itself
  484: verdict('invalid-number', false), // digits are missing
  485: verdict('invalid-number', false), // the number means several people
  486: verdict('busy', true),
  487: verdict('failed', true), // ended before the answer, and not by us
  488: verdict('failed', false), // no common codec or encryption
  502: verdict('unreachable', true),
  503: verdict('unreachable', true),
  504: verdict('unreachable', true),
  600: verdict('busy', true),
  603: verdict('declined', false),
  604: verdict('invalid-number', false),
  606: verdict('failed', false),
  607: verdict('declined', false), // RFC 8197: the callee does not want our calls
  608: verdict('declined', false), // RFC 8688: a screening service rejects our calls
};

const byClass: Readonly<Record<number, SipVerdict>> = {
  3: verdict('failed', false), // a redirection that nobody followed
  4: verdict('failed', false), // the request as it is will not do
  5: verdict('failed', true), // their server's trouble
  6: verdict('declined', false), // refused wherever the callee may be
};

export function judgeSipCode(code: number): SipVerdict {
  return byCode[code] ?? byClass[Math.floor(code / 100)] ?? verdict('failed', false);
}
