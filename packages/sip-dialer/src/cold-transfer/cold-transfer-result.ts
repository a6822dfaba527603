import type { ApiFailure } from '../api/api-failure.js';
import type { SipDialerError } from '../sip-dialer-error.js';

/**
 * How a cold transfer went. The phone is still in the room, its call going on, unless it is `transferred`:
 *
 * - `transferred`: the target took the call, and the phone leaves the room, within about a second; also when the phone hung
 *   up meanwhile. Where it called into a room of LiveKit, its new leg may be `active` only a moment after this.
 * - `rejected`: the phone, or what is before it, refused to be transferred.
 * - `not-supported`: it does not know how to (SIP 405, 501).
 * - `failed-after-accept`: it tried, and did not reach the target: `sipStatusCode` says why.
 * - `no-response`: neither was heard in time, or the connection to the server was lost. The phone may still go. With
 *   `certainty: 'assumed'` it may have gone already, its leg left behind: look into the rooms.
 * - `canceled`: `signal` aborted. What was sent cannot be taken back: unless `sent` is false, the phone may still go.
 * - `failed`: anything else; see `cause`. Broken infrastructure, a phone that still rings (`cause.code` is `not-answered`), or one
 *   that is on its way to another target (`cause.serverCode` is `invalid_argument`), for up to 32 s after a `no-response`.
 */
export type ColdTransferResult =
  | { readonly status: 'transferred' }
  | ColdTransferRefused
  | ColdTransferUnconfirmed
  | { readonly status: 'canceled'; readonly sent: boolean; readonly cause: unknown }
  | { readonly status: 'failed'; readonly cause: SipDialerError };

export interface ColdTransferRefused {
  readonly status: 'rejected' | 'not-supported' | 'failed-after-accept';
  readonly sipStatusCode: number;
  readonly sipStatus?: string;
  /** Set when the server did not tell whether the phone refused or tried in vain. */
  readonly certainty?: 'assumed';
  readonly cause: SipDialerError;
}

export interface ColdTransferUnconfirmed {
  readonly status: 'no-response';
  /** Set when the server cannot know whether the phone heard and went. */
  readonly certainty?: 'assumed';
  readonly cause: SipDialerError;
}

/** Responses to a request whose method is not known (RFC 3261 sections 21.4.6 and 21.5.2). */
const unknownMethod = new Set([405, 501]);

/** `accepted`: whether the phone had agreed to be transferred, when the server told. */
export function classifyColdTransfer({ kind, error }: ApiFailure, accepted: boolean | undefined): ColdTransferResult {
  const { sipStatusCode, sipStatus } = error;
  if (kind === 'sip' && sipStatusCode !== undefined) {
    const refused = unknownMethod.has(sipStatusCode) ? 'not-supported' : 'rejected';
    return {
      status: accepted === true ? 'failed-after-accept' : refused,
      sipStatusCode,
      ...(sipStatus !== undefined && { sipStatus }),
      ...(accepted === undefined && { certainty: 'assumed' }),
      cause: error,
    };
  }
  // The gateway itself missed the phone's response (`canceled`), or we the server's.
  if (kind === 'connection-lost' || kind === 'gateway-ended')
    return { status: 'no-response', certainty: 'assumed', cause: error };
  return { status: error.httpStatus === 408 ? 'no-response' : 'failed', cause: error };
}
