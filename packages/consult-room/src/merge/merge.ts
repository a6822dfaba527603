import type { DisconnectReason } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { ParticipantLeft } from '../room/participant-left.js';

/**
 * `idle` → `prepared` → `merging` → `merged` → `unmerged` (may merge again) → `closed`. A merge that fails goes back
 * to `prepared`.
 */
export type MergeState = 'idle' | 'prepared' | 'merging' | 'merged' | 'unmerged' | 'closed';

export interface Cancelable {
  readonly signal?: AbortSignal | undefined;
}

export type Side = 'caller' | 'human';

export type MergeDirection = 'caller-to-human' | 'human-to-caller';

/** What was not seen of one direction within the proof's time limit. */
export interface MissingProof {
  readonly direction: MergeDirection;
  readonly missing:
    /** The speaker is not in the room. */
    | 'participant'
    /** The speaker has no audio track. */
    | 'track'
    /** The speaker's track is there, and no packets of it arrive: of a phone whose call is not active. */
    | 'packets'
    /** Packets arrive, and fewer than five frames went through to the other room. */
    | 'frames'
    /** The speaker can be heard here, and that sound did not go through to the other room. */
    | 'sound'
    /** The listener is not in their room, or not subscribed to what goes through. */
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
      /** `bridge`: their voices are relayed. `move`: the human agent was moved into the caller's room. */
      readonly by: 'bridge' | 'move';
      /** From the call of `merge()` until both directions stood. */
      readonly tookMs: number;
    }
  | { readonly merged: false; readonly reason: 'no-proof'; readonly missing: readonly MissingProof[] }
  /** A track could not be published, the human agent not be moved, or encryption is mixed: see the error's code. */
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
   * @throws ConsultRoomError `encrypted`, `media`, `aborted` or `closed`.
   */
  prepare(options?: Cancelable): Promise<void>;
  /**
   * Lets the two hear each other, and resolves when both directions stand. Silence is no fault. A speaker of whom no
   * packets arrive, since they are on hold or silent, is a warning. Whatever comes back as
   * `merged: false` was rolled back: nobody hears across. Never rejects.
   */
  merge(options?: Cancelable): Promise<MergeResult>;
  /**
   * Parts the two. A bridge does so within one audio frame (10 ms) of the call; a human agent who was moved is moved
   * back, and the promise resolves when that is done or has failed. A merge that is under way ends as `unmerged`.
   */
  unmerge(): Promise<void>;
  /** Parts the two and releases everything. The rooms stay connected: they belong to whoever gave them. */
  close(): Promise<void>;
}
