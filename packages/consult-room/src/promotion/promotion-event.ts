import type { PromotionFailure } from '../call/promotion.js';
import type { ReferAnswer } from './refer.js';
import type { RejoinTimer } from './promotion-effect.js';

/** An event of a promotion. They come in any order, and may contradict each other. */
export type RejoinEvent =
  | { readonly type: 'number-made' | 'number-removed' }
  | { readonly type: 'number-failed'; readonly failure: PromotionFailure }
  | { readonly type: 'refer-answered'; readonly answer: ReferAnswer }
  /** `isTaken`: the identity was that of somebody in the room, whom the server has disconnected. */
  | { readonly type: 'line-came'; readonly identity: string; readonly isTaken: boolean }
  /** `line-heard`: it is active, and audio comes from it. */
  | { readonly type: 'line-active' | 'line-heard' | 'line-gone'; readonly identity: string }
  | { readonly type: 'old-line-ended' }
  /** The application wants no promotion any more. */
  | { readonly type: 'abort' }
  /** The call is over. */
  | { readonly type: 'call-over' }
  | { readonly type: RejoinTimer };
