import type { SipCall } from '../call/sip-call.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';

/** Times of an attempt, in milliseconds since the epoch, as far as they were seen. */
export interface DialTimings {
  readonly requestedAt: number;
  /** When the leg was first seen in the room. */
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
}

/**
 * The reason why a call was not answered. New ones may be added:
 *
 * - `busy`: SIP 486 or 600.
 * - `declined`: the callee rejected the call (603).
 * - `no-answer`: the phone rang and was not answered.
 * - `unreachable`: no phone rang at that address, or the far side is out of service.
 * - `invalid-number`: there is no such number.
 * - `trunk-rejected`: the trunk does not exist or rejects the call.
 * - `canceled`: `signal` aborted, or another client removed the leg or its room.
 * - `failed`: any other reason, including broken infrastructure, and a callee who picked up and hung up before the call
 *   was ready; see `cause`.
 */
export type DialFailureStatus =
  | 'busy'
  | 'declined'
  | 'no-answer'
  | 'unreachable'
  | 'invalid-number'
  | 'trunk-rejected'
  | 'canceled'
  | 'failed';

/** An answered dial. */
export interface DialAnswered {
  readonly status: 'answered';
  /** The call. The application must hang it up, or wait for its `ended`. */
  readonly call: SipCall;
  /** The number that was dialed instead of `to`, if `defaultCountry` was given. */
  readonly dialedNumber?: string;
  readonly timings: DialTimings;
}

/** A dial without an answer. The phone no longer rings, and the leg has left its room. */
export interface DialFailed {
  readonly status: DialFailureStatus;
  /** Status of the SIP response that ended the attempt, if there was one. */
  readonly sipStatusCode?: number;
  /**
   * The phrase of that response. For 400, 404, 480, 486 and 488, the gateway replaces it by the body of the response or the
   * header `X-Twilio-Error`. It passes on no other header, such as Reason or Retry-After.
   */
  readonly sipStatus?: string;
  /** Set if the outcome was inferred, because the room could not be observed closely enough. */
  readonly certainty?: 'assumed';
  /**
   * Set if the SIP response came before any ringing (18x): the network rejected the call, and the phone did not ring. Not
   * set if ringing of more than a second may have gone unseen, because the room could not be observed.
   */
  readonly beforeRinging?: true;
  readonly disconnectReason?: DisconnectReasonName;
  /** The last `sip.callStatus` that was seen. */
  readonly lastCallStatus?: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** The number that was dialed instead of `to`, if `defaultCountry` was given. */
  readonly dialedNumber?: string;
  readonly timings: DialTimings;
  /**
   * Set if the attempt ended while the keys of `dtmf` were playing: for so many milliseconds after `timings.endedAt`, the
   * phone stays connected and hears the remaining keys, because LiveKit's gateway hangs up only after the last one. The
   * leg has left the room, so that the phone hears nothing else. As exact as the leg was observed.
   */
  readonly dtmfRemainingMs?: number;
  /** The signal's reason for `canceled`; otherwise a `SipDialerError`, if the server reported an error or was lost. */
  readonly cause?: unknown;
}

/** The outcome of a dial. */
export type DialOutcome = DialAnswered | DialFailed;

/** The progress of a dial; `at` is in milliseconds since the epoch. */
export interface DialProgress {
  readonly status: 'dialing' | 'ringing' | 'answered';
  readonly at: number;
}
