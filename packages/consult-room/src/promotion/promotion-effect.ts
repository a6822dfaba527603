import type { Silenced } from '../bridge/relay-pair.js';
import type { PromotionFailure } from '../call/promotion.js';

/** A timer, which dispatches an event of the same name when it elapses. Setting a running timer starts it again. */
export type PromotionTimer =
  /** The server has not answered the REFER, and no leg is audible. */
  | 'answer-due'
  /** No leg is audible although it should be by now. */
  | 'leg-due'
  /** A leg is active, and silent. */
  | 'silence-due'
  /** Whatever ended the transfer, the end of the phone's leg has been observed by now. */
  | 'hang-up-due'
  /** The new leg is audible, and the old one has not ended. */
  | 'old-leg-due'
  /** A call that was placed just before its number was removed is in the room by now. */
  | 'late-leg-due';

/** An effect that the run performs. */
export type PromotionEffect =
  | {
      readonly type:
        /** Starts to watch for legs, and then asks the phone to call. */
        | 'refer'
        | 'remove-number'
        /** Hangs up the phone's leg in the consult room. */
        | 'remove-old-leg'
        /** Stops watching for legs, and all timers. */
        | 'release';
    }
  /** Reports when this leg is active, audible and gone, instead of the leg that was followed before. */
  | { readonly type: 'follow-leg'; readonly identity: string }
  /** Hangs up a leg that joined by the number. */
  | { readonly type: 'remove-leg'; readonly identity: string }
  /** Subscribes caller and leg to each other: the caller's client, or the gateway, may subscribe to nothing by itself. */
  | { readonly type: 'subscribe'; readonly identity: string }
  | { readonly type: 'silence'; readonly silenced: Silenced }
  | { readonly type: 'set-timer'; readonly timer: PromotionTimer }
  | { readonly type: 'promoted'; readonly identity: string }
  | { readonly type: 'failed'; readonly failure: PromotionFailure };
