import type { DisconnectReason } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { ParticipantLeft } from '../room/participant-left.js';

/**
 * `idle` → `prepared` → `merging` → `merged` → `unmerged` (may merge again) → `closed`. A merge that fails goes back
 * to `prepared`.
 */
export type MergeState = 'idle' | 'prepared' | 'merging' | 'merged' | 'unmerged' | 'closed';

export type MergeDirection = 'caller-to-human' | 'human-to-caller';

/** What was not seen of one direction within the proof's time limit. */
export interface MissingProof {
  readonly direction: MergeDirection;
  readonly missing:
    /** The speaker is not in the room. */
    | 'participant'
    /** The speaker has no audio track. */
    | 'track'
    /** The speaker's track is there, and no packets of it arrive. */
    | 'packets'
    /** Packets arrive, and fewer than five frames went through to the other room. */
    | 'frames'
    /** Nobody in the other room is subscribed to what goes through. */
    | 'subscriber';
}

/** Why a merge is over for good. */
export type MergeEnd =
  | { readonly cause: 'caller-left' | 'human-left'; readonly left: ParticipantLeft }
  | { readonly cause: 'caller-room-lost' | 'consult-room-lost'; readonly reason: DisconnectReason }
  | { readonly cause: 'closed' };

export type MergeResult =
  | {
      readonly merged: true;
      /** From the call of `merge()` until both directions were proven. */
      readonly tookMs: number;
    }
  | { readonly merged: false; readonly reason: 'no-proof'; readonly missing: readonly MissingProof[] }
  | { readonly merged: false; readonly reason: 'media'; readonly error: ConsultRoomError }
  | { readonly merged: false; readonly reason: 'aborted' | 'unmerged' | MergeEnd['cause'] };

/** Joins a caller and a human agent who are in two rooms. */
export interface Merge extends AsyncDisposable {
  readonly state: MergeState;
  /**
   * Resolves once, when a merge is no longer possible: somebody left, a room was lost, or `close()` was called. People
   * and rooms are watched from the first `prepare()` or `merge()` on.
   */
  readonly ended: Promise<MergeEnd>;
  /**
   * Does everything that takes time, so that `merge()` is quick. Nothing is heard across. The human need not be in
   * the room yet. Calling it is optional, and more than once is the same as once.
   *
   * @throws ConsultRoomError `media`, `aborted` or `closed`.
   */
  prepare(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /**
   * Lets the two hear each other, and resolves when it is proven for both directions. Whatever comes back as
   * `merged: false` was rolled back: nobody hears across. Never rejects.
   */
  merge(options?: { readonly signal?: AbortSignal | undefined }): Promise<MergeResult>;
  /** Parts the two within one audio frame (10 ms). A merge that is under way ends as `unmerged`. */
  unmerge(): void;
  /** Parts the two and releases everything. The rooms stay connected: they belong to whoever gave them. */
  close(): Promise<void>;
}
