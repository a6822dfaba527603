import type { SipCall } from '../call/sip-call.js';
import type { DisconnectReasonName } from '../leg/disconnect-reason.js';

/** Moments of an attempt, in milliseconds since the epoch, as far as they were seen. */
export interface DialTimings {
  readonly requestedAt: number;
  /** The leg was in the room. */
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly endedAt?: number;
}

/**
 * Why there is no call:
 *
 * - `busy`: SIP 486 or 600.
 * - `declined`: the callee refused the call (603).
 * - `no-answer`: it rang, and nobody took it.
 * - `unreachable`: nothing rang at that address, or the far side is out of service.
 * - `invalid-number`: there is no such number.
 * - `trunk-rejected`: the trunk does not exist or refuses our calls.
 * - `canceled`: `signal` aborted, or somebody removed the leg or its room.
 * - `failed`: anything else, broken infrastructure included, and a phone that took the call and hung up before it was
 *   ready; see `cause`.
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

export interface DialAnswered {
  readonly status: 'answered';
  /** Yours from now on: hang it up, or wait for its `ended`. */
  readonly call: SipCall;
  /** What was dialed in place of `to`, when `defaultCountry` was given. */
  readonly dialedNumber?: string;
  readonly timings: DialTimings;
}

/** The phone does not ring any more, and the leg has left its room. Nothing is left to do. */
export interface DialFailed {
  readonly status: DialFailureStatus;
  /** Status of the SIP response that ended the attempt, when there was one. */
  readonly sipStatusCode?: number;
  /**
   * Its phrase, or what the gateway puts in its place for 400, 404, 480, 486 and 488: the body of the response, or the
   * header `X-Twilio-Error`. No other header of a refusal, such as Reason or Retry-After, is passed on by the gateway.
   */
  readonly sipStatus?: string;
  /** Set when the server gave no proof: the room could not be watched closely enough. */
  readonly certainty?: 'assumed';
  /**
   * Set when the SIP response came before any ringing (18x): the network refused the call, and the phone was not heard. Not
   * set when a ringing of more than a second may have gone unseen, because the room could not be watched.
   */
  readonly beforeRinging?: true;
  readonly disconnectReason?: DisconnectReasonName;
  /** Last `sip.callStatus` that was seen. */
  readonly lastCallStatus?: string;
  /** Whether the same request may go better later. */
  readonly retryable: boolean;
  /** What was dialed in place of `to`, when `defaultCountry` was given. */
  readonly dialedNumber?: string;
  readonly timings: DialTimings;
  /**
   * Set when the attempt ended while the keys of `dtmf` were pressed: so many milliseconds after `timings.endedAt` the
   * phone stays on the line and hears the rest of them. LiveKit's gateway hangs up after the last one, not before; the
   * leg has left the room, so nobody is heard. As exact as the leg was watched.
   */
  readonly dtmfRemainingMs?: number;
  /** The signal's reason for `canceled`; otherwise a `SipDialerError` when the server reported one, or was lost. */
  readonly cause?: unknown;
}

/** How an attempt ended. */
export type DialOutcome = DialAnswered | DialFailed;

/** How an attempt goes on; `at` is in milliseconds since the epoch. */
export interface DialProgress {
  readonly status: 'dialing' | 'ringing' | 'answered';
  readonly at: number;
}
