import type { DisconnectReason } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParticipantLeft } from '../room/participant-left.js';

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
