import type { DisconnectReason } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParticipantLeft } from '../room/participant-left.js';

export type MergeSide = 'caller' | 'human';

export type MergeDirection = 'caller-to-human' | 'human-to-caller';

/** A part of one direction that was missing when the verification timed out. */
export interface MissingAudio {
  readonly direction: MergeDirection;
  readonly missing:
    /** The speaker is not in the room. */
    | 'participant'
    /** The speaker has no audio track. */
    | 'track'
    /** No packets of the speaker's track arrive; reported only for a phone whose call is not active. */
    | 'packets'
    /** Packets arrive, but fewer than five frames were relayed to the other room. */
    | 'frames'
    /** The speaker can be heard here, but that sound was not relayed to the other room. */
    | 'sound'
    /** The listener is not in the room, or not subscribed to the relayed voice. */
    | 'subscriber';
}

/** Why a merge ended for good. Further causes may be added. */
export type MergeEnd =
  | { readonly cause: 'caller-left' | 'human-left'; readonly left: ParticipantLeft }
  | { readonly cause: 'caller-room-lost' | 'consult-room-lost'; readonly reason: DisconnectReason }
  | { readonly cause: 'closed' };

export type MergeResult =
  | {
      readonly merged: true;
      /** `bridge`: this process relays the voices. `move`: the human agent was moved into the caller room. */
      readonly by: 'bridge' | 'move';
      /** From the call of `merge()` until audio flowed in both directions, in milliseconds. */
      readonly tookMs: number;
    }
  | { readonly merged: false; readonly reason: 'no-audio'; readonly missing: readonly MissingAudio[] }
  /** A track could not be published, the human agent could not be moved, or encryption is mixed: see the error's code. */
  | { readonly merged: false; readonly reason: 'media'; readonly error: ConsultRoomError }
  | { readonly merged: false; readonly reason: 'aborted' | MergeEnd['cause'] };
