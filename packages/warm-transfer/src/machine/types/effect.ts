import type { AcceptedBy } from './ending.js';
import type {
  AttemptFailure,
  AttemptLimit,
  CallEnd,
  CallerDisposition,
  TransferFailure,
  NoTarget,
  TransferLimit,
} from './ending.js';

/** The fixed sentences to a human agent before the hang-up. */
export type Farewell =
  | 'caller-left'
  | 'canceled'
  | 'declined'
  | 'answered-elsewhere'
  | 'time-up'
  | 'merge-failed'
  | 'failed'
  | 'voicemail-message';

/** The effects of one attempt. */
export type AttemptCommand =
  /** Create the ports of the attempt, and its consult room. */
  | { readonly type: 'open-attempt'; readonly target: string; readonly callerId?: 'trunk' }
  | { readonly type: 'dial' }
  /** Join the consult room, start the briefing agent in it and publish the silent bridge, while the phone rings. */
  | { readonly type: 'prepare' }
  | { readonly type: 'brief' }
  | { readonly type: 'merge'; readonly acceptedBy: AcceptedBy }
  | { readonly type: 'end-briefing' }
  /** Cancel the dial, say the farewell if the call is answered, hang up, close the merge, delete the room. */
  | { readonly type: 'close-attempt'; readonly farewell?: Farewell }
  /** Replaces the running limit of the attempt, if any. */
  | { readonly type: 'set-attempt-limit'; readonly limit: AttemptLimit }
  | { readonly type: 'clear-attempt-limit' }
  /** Add a warning to the outcome. */
  | { readonly type: 'add-warning'; readonly cause: unknown };

export type AttemptEffect = AttemptCommand & { readonly attemptId: string };

type TransferEffect =
  /** Separate the caller from the AI: nothing that the caller says, types or presses reaches a model. */
  | { readonly type: 'hold-caller' }
  | { readonly type: 'play-hold' }
  | { readonly type: 'stop-hold' }
  /** Return the caller to the AI, over the fading hold audio. Reported as `caller-failed` if that is not possible. */
  | { readonly type: 'restore-caller' }
  /** Restore the session, for a caller who comes back later. */
  | { readonly type: 'unhold-caller' }
  /** End the call of a caller who cannot be returned to the AI, as the options require. */
  | { readonly type: 'end-caller' }
  | { readonly type: 'hang-up-caller' }
  /** Resolve the targets of a department, or without one those of the transfer. */
  | { readonly type: 'resolve'; readonly department?: string }
  /** Ask the policy what to do after this failure. */
  | { readonly type: 'decide'; readonly ending: AttemptFailure | NoTarget }
  /** Cold-transfer the caller. */
  | { readonly type: 'cold-transfer'; readonly to: string }
  /** Replaces the running limit of the transfer's phase, if any; `total` runs beside it. */
  | { readonly type: 'set-limit'; readonly limit: TransferLimit }
  /** Clears the limit of the phase; a pending question of the phase is aborted. */
  | { readonly type: 'clear-limit' }
  | { readonly type: 'clear-total' }
  /** Report after `ms` that the next stage is due. Replaces the running wait, if any. */
  | { readonly type: 'await-next-stage'; readonly ms: number }
  | { readonly type: 'forget-next-stage' }
  /** The transfer has its outcome. */
  | {
      readonly type: 'set-outcome';
      readonly outcome:
        | { readonly kind: 'over'; readonly ending: TransferFailure; readonly caller: CallerDisposition }
        | { readonly kind: 'connected'; readonly attemptId: string; readonly humanIdentity: string };
    }
  /** A connected call has ended, and the caller is returned to the AI or gone. */
  | { readonly type: 'call-over'; readonly over: CallEnd }
  /** A later error: added to the warnings, never the reason of the outcome. */
  | { readonly type: 'add-warning'; readonly cause: unknown }
  | { readonly type: 'finish'; readonly over: TransferFailure | CallEnd };

/**
 * An effect for the runtime. The effects of one step are started in order and not awaited: their results are events.
 */
export type Effect = TransferEffect | AttemptEffect;
