import type { ApiFailure } from '../api/api-failure.js';
import type { SipDialerError } from '../sip-dialer-error.js';

/**
 * The result of a cold transfer. Unless it is `transferred`, the phone is still in the room and its call continues:
 *
 * - `transferred`: the target took the call, and the phone leaves the room, within about a second; also when the phone hung
 *   up meanwhile. Where it called into a room of LiveKit, its new leg may be `active` only a moment after this.
 * - `rejected`: the phone, or a proxy before it, rejected the transfer.
 * - `not-supported`: the phone does not support transfers (SIP 405, 501).
 * - `failed-after-accept`: the phone accepted, and did not reach the target: `sipStatusCode` gives the reason.
 * - `no-response`: neither was reported in time, or the connection to the server was lost. The phone may still leave. With
 *   `certainty: 'assumed'` it may have left already and its leg may remain: check the rooms.
 * - `canceled`: `signal` aborted. A request that was sent cannot be undone: unless `sent` is false, the phone may still leave.
 * - `failed`: anything else; see `cause`. Broken infrastructure, a phone that still rings (`cause.code` is `not-answered`), or one
 *   that is on its way to another target (`cause.serverCode` is `invalid_argument`), for up to 32 s after a `no-response`.
 */
export type ColdTransferResult =
  | { readonly status: 'transferred' }
  | ColdTransferRefused
  | ColdTransferUnconfirmed
  | { readonly status: 'canceled'; readonly sent: boolean; readonly cause: unknown }
  | { readonly status: 'failed'; readonly cause: SipDialerError };

/** A cold transfer that ended with a SIP status. */
interface ColdTransferRefused {
  readonly status: 'rejected' | 'not-supported' | 'failed-after-accept';
  readonly sipStatusCode: number;
  readonly sipStatus?: string;
  /** Set if the server did not report whether the phone rejected the transfer or failed to reach the target. */
  readonly certainty?: 'assumed';
  readonly cause: SipDialerError;
}

/** A cold transfer whose result is unknown. */
interface ColdTransferUnconfirmed {
  readonly status: 'no-response';
  /** Set if the server cannot know whether the phone received the request and left. */
  readonly certainty?: 'assumed';
  readonly cause: SipDialerError;
}

/** Responses to a request whose method is not known (RFC 3261 sections 21.4.6 and 21.5.2). */
const unknownMethod = new Set([405, 501]);

/** Classifies a failed transfer. `accepted`: whether the phone had accepted it, if the server reported that. */
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
  // The gateway missed the phone's response (`canceled`), or this process the server's.
  if (kind === 'connection-lost' || kind === 'gateway-ended')
    return { status: 'no-response', certainty: 'assumed', cause: error };
  return { status: error.httpStatus === 408 ? 'no-response' : 'failed', cause: error };
}
