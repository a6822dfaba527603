import type { PromotionFailure } from '../call/promotion.js';
import type { PromotionTimer } from './promotion-effect.js';
import type { ReferAnswer } from './refer.js';

/** An event of a promotion. Events come in any order, and may contradict each other. */
export type PromotionEvent =
  | { readonly type: 'number-created' | 'number-removed' }
  | { readonly type: 'number-failed'; readonly failure: PromotionFailure }
  | { readonly type: 'refer-answered'; readonly answer: ReferAnswer }
  /** `isIdentityTaken`: the identity was that of a participant in the room, whom the server has disconnected. */
  | { readonly type: 'leg-joined'; readonly identity: string; readonly isIdentityTaken: boolean }
  /** `leg-audible`: the leg is active, and audio arrives from it. */
  | { readonly type: 'leg-active' | 'leg-audible' | 'leg-left'; readonly identity: string }
  | { readonly type: 'old-leg-ended' }
  /** The application has canceled the promotion. */
  | { readonly type: 'abort' }
  /** The call has ended. */
  | { readonly type: 'call-ended' }
  | { readonly type: PromotionTimer };
