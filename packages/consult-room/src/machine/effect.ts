import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd, MergeResult } from '../merge/merge-result.js';

/** Work that is answered by an event with the same id. */
export type Request = 'open-bridge' | 'move' | 'prove-move' | 'move-back' | 'remove' | 'promote';

/** A limit, reported by an event of the same name. Setting one that runs starts it again. */
export type Timer =
  /** The bridge is opened, since the move has not been answered. */
  | 'bridge-due'
  /** A human agent who left the consult room has not come into the caller's. */
  | 'landing-due'
  /** The newest move that was asked for does not happen any more. */
  | 'landing-over'
  /** The request that this phase waits for has not been answered. */
  | 'answer-due';

export type RequestEffect =
  | { readonly type: Exclude<Request, 'open-bridge' | 'promote'>; readonly id: number }
  | { readonly type: 'open-bridge'; readonly id: number; readonly withholdMs: number }
  | { readonly type: 'promote'; readonly id: number; readonly signal: AbortSignal | undefined };

/** Work for the shell. */
export type Effect =
  | RequestEffect
  | {
      readonly type:
        /** Publishes the tracks of the bridge, with a closed gate. */
        | 'prepare-bridge'
        /** Closes the gate; the tracks stay. */
        | 'shut-bridge'
        /** Closes the gate and takes the tracks back. */
        | 'close-bridge'
        /** Tells the promotion that the phone's old line ended. */
        | 'old-line-ended'
        /** Stops watching the rooms, and all timers. */
        | 'release';
    }
  /** Removes the line of a promotion whose call is over. */
  | { readonly type: 'remove-line'; readonly identity: string }
  /** `limitMs`: instead of the limit that this timer has. */
  | { readonly type: 'set-timer'; readonly timer: Timer; readonly limitMs?: number }
  /** Resolves the merge that is running. The call of a successful one begins. */
  | { readonly type: 'settle'; readonly result: MergeOutcome }
  /** Continues the call in the caller's room. */
  | { readonly type: 'switch-call'; readonly by: 'move' }
  | { readonly type: 'switch-call'; readonly by: 'rejoin'; readonly humanIdentity: string }
  /** Ends the call, and reports why no merge is possible any more. */
  | { readonly type: 'end'; readonly end: MergeEnd }
  | { readonly type: 'warn'; readonly error: ConsultRoomError };

/** A merge's result without what the shell adds. */
export type MergeOutcome =
  | { readonly merged: true; readonly by: 'bridge' | 'move' }
  | Exclude<MergeResult, { readonly merged: true }>;
