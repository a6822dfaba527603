import type {
  AcceptedBy,
  AttemptFailure,
  AttemptLimit,
  DialFailure,
  DisconnectCause,
  SipStatus,
} from '../types/ending.js';

/** The events of one attempt's ports. */
export type AttemptPortEvent =
  | { readonly type: 'consult-opened' }
  | { readonly type: 'consult-failed'; readonly cause: unknown }
  /** The human agent's phone rings (SIP 180). */
  | { readonly type: 'ringing' }
  | { readonly type: 'answered'; readonly humanIdentity: string }
  | { readonly type: 'dial-ended'; readonly ending: DialFailure; readonly callerIdRefused?: true }
  | ({ readonly type: 'dial-failed'; readonly cause: unknown; readonly callerIdRefused?: true } & SipStatus)
  /** The briefing agent could not be started, or failed. */
  | { readonly type: 'briefing-failed'; readonly cause: unknown }
  | { readonly type: 'accepted'; readonly by: AcceptedBy }
  | { readonly type: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail' }
  | { readonly type: 'no-speech' }
  | { readonly type: 'merged' }
  | { readonly type: 'merge-failed'; readonly cause: unknown }
  /** An established merge was lost: the bridge or its room is gone. */
  | { readonly type: 'merge-lost'; readonly cause: unknown }
  | { readonly type: 'human-disconnected'; readonly how: DisconnectCause }
  | { readonly type: 'consult-closed' }
  | { readonly type: 'attempt-limit-reached'; readonly limit: AttemptLimit };

/** An event with the ID of its attempt. */
export type AttemptEvent = AttemptPortEvent & { readonly attemptId: string };

export type AttemptPortEventType = AttemptPortEvent['type'];
export type AttemptEventOf<E extends AttemptPortEventType> = Extract<AttemptEvent, { type: E }>;

/** A report of an attempt to its transfer. */
export type AttemptReport = { readonly attemptId: string } & (
  | { readonly type: 'attempt-answered' }
  | { readonly type: 'attempt-accepted'; readonly humanIdentity: string; readonly by: AcceptedBy }
  | { readonly type: 'attempt-merged'; readonly humanIdentity: string }
  /** It failed before the connection. `redialAs`: the target may be called once more, with that caller ID. */
  | { readonly type: 'attempt-over'; readonly ending: AttemptFailure; readonly redialAs?: 'trunk' }
  /** The human agent, or the merge, is gone after the connection. */
  | { readonly type: 'attempt-lost'; readonly how: DisconnectCause; readonly cause?: unknown }
  | { readonly type: 'attempt-closed' }
);
