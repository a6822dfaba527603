import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd, MergeResult } from '../merge/merge-result.js';

/** A request to the rooms or the server. An event with the same ID answers it. */
export type Request = 'open-bridge' | 'move' | 'verify-move' | 'move-back' | 'remove' | 'promote';

/** A timer, which dispatches an event of the same name when it elapses. Setting a running timer starts it again. */
export type Timer =
  /** The bridge is opened, since the move was not answered. */
  | 'bridge-due'
  /** A human agent who left the consult room has not joined the caller room. */
  | 'arrival-due'
  /** The newest move that was requested can no longer happen. */
  | 'move-expired'
  /** The request that this phase waits for was not answered. */
  | 'answer-due';

export type RequestEffect =
  | { readonly type: Exclude<Request, 'open-bridge' | 'promote'>; readonly id: number }
  | { readonly type: 'open-bridge'; readonly id: number; readonly withholdMs: number }
  | { readonly type: 'promote'; readonly id: number; readonly signal: AbortSignal | undefined };

/** An effect that the runner performs. */
export type Effect =
  | RequestEffect
  | {
      readonly type:
        /** Publishes the tracks of the bridge, with a closed gate. */
        | 'publish-tracks'
        /** Closes the gate; the tracks stay published. */
        | 'close-gate'
        /** Closes the gate and unpublishes the tracks. */
        | 'close-bridge'
        /** Reports to the promotion that the phone's old leg ended. */
        | 'old-leg-ended'
        /** Stops watching the rooms, and all timers. */
        | 'release';
    }
  /** Removes the leg of a promotion whose call has ended. */
  | { readonly type: 'remove-leg'; readonly identity: string }
  /** `timeoutMs` replaces the timer's own timeout. */
  | { readonly type: 'set-timer'; readonly timer: Timer; readonly timeoutMs?: number }
  /** Resolves the running merge. If it succeeded, the call starts. */
  | { readonly type: 'settle'; readonly result: MergeOutcome }
  /** Continues the call in the caller room. */
  | { readonly type: 'switch-call'; readonly by: 'move' }
  | { readonly type: 'switch-call'; readonly by: 'rejoin'; readonly humanIdentity: string }
  /** Ends the call, and reports why no merge is possible any more. */
  | { readonly type: 'end'; readonly end: MergeEnd }
  | { readonly type: 'warn'; readonly error: ConsultRoomError };

/** The result of a merge, without the fields that the runner adds. */
export type MergeOutcome =
  | { readonly merged: true; readonly by: 'bridge' | 'move' }
  | Exclude<MergeResult, { readonly merged: true }>;
