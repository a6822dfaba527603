import type { CallEnd, Ending, Limit } from './ending.js';

/** The fixed sentences that a human agent on the line hears before we hang up. */
export type Farewell = 'caller-left' | 'canceled' | 'declined' | 'time-over' | 'merge-failed' | 'failed';

/** What the shell must do. Effects of one step are begun in order and awaited by nobody: results come back as events. */
export type Effect =
  /** Take the caller away from the AI: nothing they say, type or press reaches a model. */
  | { readonly type: 'hold-caller' }
  | { readonly type: 'play-hold' }
  | { readonly type: 'stop-hold' }
  | { readonly type: 'open-consult' }
  | { readonly type: 'dial' }
  /** Join the consult room, start the briefing agent in it and publish the silent bridge, while the phone rings. */
  | { readonly type: 'prepare' }
  | { readonly type: 'brief' }
  | { readonly type: 'merge' }
  | { readonly type: 'end-briefing' }
  /** The AI back on, over the fading hold audio. */
  | { readonly type: 'restore-caller' }
  | { readonly type: 'hang-up-caller' }
  /** Cancel the dial, say the farewell if somebody is on the line, hang up, close the merge, delete the room. */
  | { readonly type: 'close-consult'; readonly farewell?: Farewell }
  /** Replaces the running limit, if any. */
  | { readonly type: 'set-limit'; readonly limit: Limit }
  | { readonly type: 'clear-limit' }
  /** The transfer has its outcome. */
  | {
      readonly type: 'settle';
      readonly outcome: Ending | { readonly kind: 'connected'; readonly humanIdentity: string };
    }
  /** A later cause: kept beside the outcome, never instead of it. */
  | { readonly type: 'note'; readonly cause: unknown }
  | { readonly type: 'finish'; readonly over: Ending | CallEnd };
