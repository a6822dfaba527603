import type { DisconnectReason } from '@livekit/rtc-node';
import type { MergedCall } from '../call/merged-call.js';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { ParticipantLeft } from '../room/participant-left.js';

export interface Cancelable {
  readonly signal?: AbortSignal | undefined;
}

export interface MergeRequest extends Cancelable {
  /**
   * From the opening of a bridge, how long silence is relayed in place of the human agent, in milliseconds: what they said
   * before it is still on its way through buffers, and was not meant for the caller. At most 10 000. Default 0.
   */
  readonly withholdMs?: number | undefined;
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
  | { readonly merged: false; readonly reason: 'aborted' | MergeEnd['cause'] };

/** A merge's result, with the call of a successful one. */
export type CallMergeResult =
  | Exclude<MergeResult, { readonly merged: true }>
  | (Extract<MergeResult, { readonly merged: true }> & { readonly call: MergedCall });

/** Joins a caller and a human agent who are in two rooms. */
export interface CallMerge extends AsyncDisposable {
  /**
   * Resolves once, when a merge is no longer possible: somebody left, a room was lost, or `close()` was called. People
   * and rooms are watched from the first `prepare()` or `merge()` on.
   */
  readonly ended: Promise<MergeEnd>;
  /**
   * Resolves when both are in the caller's room, by a move or a promotion: from then on the consult room is of no use,
   * and can be closed. Stays pending otherwise.
   */
  readonly together: Promise<void>;
  /**
   * Does everything that takes time, so that `merge()` is quick. Nothing is heard across. The human need not be in
   * the room yet. Calling it is optional, and more than once is the same as once.
   *
   * @throws ConsultRoomError `invalid-option`, `encrypted`, `media`, `aborted` or `closed`.
   */
  prepare(options?: Cancelable): Promise<void>;
  /**
   * Lets the two hear each other, and resolves when both directions stand. Silence is no fault. A speaker of whom no
   * packets arrive, since they are on hold or silent, is a warning. Whatever comes back as
   * `merged: false` was rolled back: nobody hears across, and another call of `merge()` tries again. Rejects only for
   * options that are wrong.
   *
   * @throws ConsultRoomError `invalid-option`.
   */
  merge(options?: MergeRequest): Promise<CallMergeResult>;
  /**
   * Parts the two if a bridge joins them, and releases everything. The rooms stay connected: they belong to whoever
   * gave them. A human agent whom a move that was given up brings into the caller's room is removed, for at least 15 s.
   */
  close(): Promise<void>;
}
