import type { AcceptedBy } from './ending.js';
import type { AttemptFailure, AttemptLimit, CallEnd, CallerFate, Ending, NoTarget, TransferLimit } from './ending.js';

/** The fixed sentences that a human agent on the line hears before we hang up. */
export type Farewell =
  | 'caller-left'
  | 'canceled'
  | 'declined'
  | 'taken'
  | 'time-over'
  | 'merge-failed'
  | 'failed'
  | 'voicemail-message';

/** What an attempt asks for. */
export type AttemptDemand =
  /** Make rooms and identities for it, and create its consult room. */
  | { readonly type: 'open-attempt'; readonly target: string; readonly callerId?: 'trunk' }
  | { readonly type: 'dial' }
  /** Join the consult room, start the briefing agent in it and publish the silent bridge, while the phone rings. */
  | { readonly type: 'prepare' }
  | { readonly type: 'brief' }
  | { readonly type: 'merge'; readonly acceptedBy: AcceptedBy }
  | { readonly type: 'end-briefing' }
  /** Cancel the dial, say the farewell if somebody is on the line, hang up, close the merge, delete the room. */
  | { readonly type: 'close-attempt'; readonly farewell?: Farewell }
  /** Replaces the running limit of the attempt, if any. */
  | { readonly type: 'set-attempt-limit'; readonly limit: AttemptLimit }
  | { readonly type: 'clear-attempt-limit' }
  /** Something to know beside the outcome. */
  | { readonly type: 'note'; readonly cause: unknown };

export type AttemptEffect = AttemptDemand & { readonly attemptId: string };

type TransferEffect =
  /** Take the caller away from the AI: nothing they say, type or press reaches a model. */
  | { readonly type: 'hold-caller' }
  | { readonly type: 'play-hold' }
  | { readonly type: 'stop-hold' }
  /** The AI back on, over the fading hold audio. Reported as `caller-failed` when the AI can't have the caller. */
  | { readonly type: 'restore-caller' }
  /** The session as it was, for a caller who comes back later. */
  | { readonly type: 'unhold-caller' }
  /** End, as the options ask for, the call of a caller whom the AI can't take back. */
  | { readonly type: 'end-caller' }
  | { readonly type: 'hang-up-caller' }
  /** Find out whom to call; without a department, whom the transfer was asked for. */
  | { readonly type: 'resolve'; readonly department?: string }
  /** Ask the policy what to do about this. */
  | { readonly type: 'decide'; readonly ending: AttemptFailure | NoTarget }
  /** Ask the caller's phone to call somebody else. */
  | { readonly type: 'cold-transfer'; readonly to: string }
  /** Replaces the running limit of the transfer's phase, if any; `total` runs beside it. */
  | { readonly type: 'set-limit'; readonly limit: TransferLimit }
  /** Clears the limit of the phase; what was asked within it is no longer wanted. */
  | { readonly type: 'clear-limit' }
  | { readonly type: 'clear-total' }
  /** Report in so many milliseconds that the next stage is due. Replaces the running wait, if any. */
  | { readonly type: 'await-next-stage'; readonly ms: number }
  | { readonly type: 'forget-next-stage' }
  /** The transfer has its outcome. */
  | {
      readonly type: 'settle';
      readonly outcome:
        | { readonly kind: 'over'; readonly ending: Ending; readonly caller: CallerFate }
        | { readonly kind: 'connected'; readonly attemptId: string; readonly humanIdentity: string };
    }
  /** A connected call is over, and the caller has the AI back or is gone. */
  | { readonly type: 'call-over'; readonly over: CallEnd }
  /** A later cause: kept beside the outcome, never instead of it. */
  | { readonly type: 'note'; readonly cause: unknown }
  | { readonly type: 'finish'; readonly over: Ending | CallEnd };

/** What the shell must do. Effects of one step are begun in order and awaited by nobody: results come back as events. */
export type Effect = TransferEffect | AttemptEffect;
