import type { Promotion } from '../call/promotion.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd, MissingAudio } from '../merge/merge-result.js';
import type { Timer } from './effect.js';
import type { Failure } from './state.js';

interface Answer {
  /** The ID of the request. */
  readonly id: number;
}

/** A request of the application. */
type ApplicationEvent =
  | { readonly type: 'publish-tracks' | 'abort' | 'close' }
  | { readonly type: 'merge'; readonly withholdMs: number }
  | { readonly type: 'promote'; readonly signal: AbortSignal | undefined };

/** An event in one of the rooms. */
type RoomEvent =
  /** The human agent left the consult room, or that room was lost. */
  | { readonly type: 'consult-left'; readonly end: MergeEnd }
  /** The caller left, or the caller room was lost. */
  | { readonly type: 'caller-lost'; readonly end: MergeEnd }
  /** The human agent joined the caller room. */
  | { readonly type: 'human-arrived' }
  /** The human agent left the caller room. */
  | { readonly type: 'human-gone'; readonly end: MergeEnd };

type AnswerEvent =
  | ({ readonly type: 'bridge-verified' } & Answer)
  | ({ readonly type: 'bridge-failed'; readonly failure: Failure } & Answer)
  /** `error` is absent when the human agent is in the caller room. */
  | ({ readonly type: 'move-answered'; readonly error: ConsultRoomError | undefined } & Answer)
  | ({ readonly type: 'move-verified' } & Answer)
  | ({ readonly type: 'move-unverified'; readonly missing: readonly MissingAudio[] } & Answer)
  | ({ readonly type: 'move-back-answered'; readonly error: ConsultRoomError | undefined } & Answer)
  | ({ readonly type: 'human-removed' } & Answer)
  | ({ readonly type: 'promotion-ended'; readonly promotion: Promotion } & Answer);

/** An event of a merge. Answers may come late, twice or never, and may contradict the rooms. */
export type StrategyEvent = ApplicationEvent | RoomEvent | AnswerEvent | { readonly type: Timer };

/** The events with an entry in the table: all but `close`, which is handled like the loss of the caller. */
export type TableEvent = Exclude<StrategyEvent, { readonly type: 'close' }>;
