import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd, MissingProof } from '../merge/merge-result.js';
import type { Promotion } from '../call/promotion.js';
import type { Timer } from './effect.js';
import type { Failure } from './state.js';

interface Answer {
  /** The id of the request. */
  readonly id: number;
}

/** What the application asks for. */
type ApplicationEvent =
  | { readonly type: 'prepare' | 'abort' | 'close' }
  | { readonly type: 'merge'; readonly withholdMs: number }
  | { readonly type: 'promote'; readonly signal: AbortSignal | undefined };

/** What happens in the rooms. */
type RoomEvent =
  /** The human agent left the consult room, or that room was lost. */
  | { readonly type: 'consult-left'; readonly end: MergeEnd }
  /** The caller left, or their room was lost. */
  | { readonly type: 'caller-lost'; readonly end: MergeEnd }
  /** The human agent came into the caller's room. */
  | { readonly type: 'human-arrived' }
  /** The human agent left the caller's room. */
  | { readonly type: 'human-gone'; readonly end: MergeEnd };

type AnswerEvent =
  | ({ readonly type: 'bridge-proven' } & Answer)
  | ({ readonly type: 'bridge-failed'; readonly failure: Failure } & Answer)
  /** `error` is absent when the human agent is in the caller's room. */
  | ({ readonly type: 'move-answered'; readonly error: ConsultRoomError | undefined } & Answer)
  | ({ readonly type: 'move-proven' } & Answer)
  | ({ readonly type: 'move-unproven'; readonly missing: readonly MissingProof[] } & Answer)
  | ({ readonly type: 'move-back-answered'; readonly error: ConsultRoomError | undefined } & Answer)
  | ({ readonly type: 'human-removed' } & Answer)
  | ({ readonly type: 'promotion-ended'; readonly promotion: Promotion } & Answer);

/** An event of a merge. Answers may come late, twice or never, and may contradict the rooms. */
export type StrategyEvent = ApplicationEvent | RoomEvent | AnswerEvent | { readonly type: Timer };

/** Events with an entry in the table; `close` is an end like others. */
export type TableEvent = Exclude<StrategyEvent, { readonly type: 'close' }>;
