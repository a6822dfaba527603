import type { Held } from '../bridge/relay-pair.js';
import type { PromotionFailure } from '../call/promotion.js';

/** A limit, reported by an event of the same name. Setting one that runs starts it again. */
export type RejoinTimer =
  /** The server has not answered the REFER, and no line is heard. */
  | 'answer-due'
  /** The line that should be heard by now is not. */
  | 'line-due'
  /** A line is active, and silent. */
  | 'silence-due'
  /** Whatever ended the transfer, the end of the phone's line has been seen by now. */
  | 'hang-up-due'
  /** The new line is heard, and the old one has not ended. */
  | 'old-line-due'
  /** A call that came just before its number was removed is in the room by now. */
  | 'late-line-due';

/** Work for the shell. */
export type RejoinEffect =
  | {
      readonly type:
        /** Looks for lines from here on, and then tells the phone to call. */
        | 'refer'
        | 'remove-number'
        /** Hangs up the phone's line in the consult room. */
        | 'remove-old-line'
        /** Stops looking for lines, and all timers. */
        | 'release';
    }
  /** Reports when this line is active, heard and gone, in place of another. */
  | { readonly type: 'follow-line'; readonly identity: string }
  /** Hangs up a line that came by the number. */
  | { readonly type: 'remove-line'; readonly identity: string }
  /** Subscribes caller and line to each other: the caller's client, or the gateway, may subscribe to nothing by itself. */
  | { readonly type: 'subscribe'; readonly identity: string }
  | { readonly type: 'hold'; readonly held: Held }
  | { readonly type: 'set-timer'; readonly timer: RejoinTimer }
  | { readonly type: 'promoted'; readonly identity: string }
  | { readonly type: 'failed'; readonly failure: PromotionFailure };
