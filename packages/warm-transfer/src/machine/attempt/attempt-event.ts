import type { AcceptedBy, AttemptFailure, AttemptLimit, DialEnding, LeaveHow, SipFacts } from '../types/ending.js';

/** What the ports of one attempt can report. */
export type AttemptHappening =
  | { readonly type: 'consult-opened' }
  | { readonly type: 'consult-failed'; readonly cause: unknown }
  /** The human agent's phone rings (SIP 180). */
  | { readonly type: 'ringing' }
  | { readonly type: 'answered'; readonly humanIdentity: string }
  | { readonly type: 'dial-ended'; readonly ending: DialEnding; readonly callerIdRefused?: true }
  | ({ readonly type: 'dial-failed'; readonly cause: unknown; readonly callerIdRefused?: true } & SipFacts)
  /** The briefing agent could not be made ready, or broke. */
  | { readonly type: 'briefing-failed'; readonly cause: unknown }
  | { readonly type: 'accepted'; readonly by: AcceptedBy }
  | { readonly type: 'declined'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail' }
  | { readonly type: 'silent' }
  | { readonly type: 'merged' }
  | { readonly type: 'merge-failed'; readonly cause: unknown }
  /** A merge that stood broke: the bridge or its room is gone. */
  | { readonly type: 'merge-lost'; readonly cause: unknown }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'consult-closed' }
  | { readonly type: 'attempt-limit-reached'; readonly limit: AttemptLimit };

/** The same, with the attempt that it happened to. */
export type AttemptEvent = AttemptHappening & { readonly attemptId: string };

export type AttemptHappeningType = AttemptHappening['type'];
export type AttemptEventOf<E extends AttemptHappeningType> = Extract<AttemptEvent, { type: E }>;

/** What an attempt tells the transfer that it belongs to. */
export type AttemptReport = { readonly attemptId: string } & (
  | { readonly type: 'attempt-answered' }
  | { readonly type: 'attempt-accepted'; readonly humanIdentity: string; readonly by: AcceptedBy }
  | { readonly type: 'attempt-merged'; readonly humanIdentity: string }
  /** It failed before the two were connected. `redialAs`: the target may be called once more, showing that number. */
  | { readonly type: 'attempt-over'; readonly ending: AttemptFailure; readonly redialAs?: 'trunk' }
  /** The human agent, or what joined the two, is gone after they were connected. */
  | { readonly type: 'attempt-lost'; readonly how: LeaveHow; readonly cause?: unknown }
  | { readonly type: 'attempt-closed' }
);
