import { DisconnectReason, type Room } from '@livekit/rtc-node';
import type { HangUpService } from '@org/consult-room';

/** Reasons that mean: the program left the room, another agent has the same identity, or the room is closed. */
const ends: readonly DisconnectReason[] = [
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.DUPLICATE_IDENTITY,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];

/** The `ParticipantInfo.Kind`s of LiveKit that are no conversation partners: ingress and egress. */
const recorders: readonly number[] = [1, 2];

/** The first and the longest pause between two attempts to list, in milliseconds, and the number of attempts. */
const [firstPauseMs, longestPauseMs, tries] = [500, 30_000, 10] as const;

/**
 * Resolves to whether the caller is alone in a room to which our connection has ended for this reason; false if the
 * server does not respond for minutes.
 */
export async function isLeftAlone(
  rooms: Pick<HangUpService, 'listParticipants'>,
  { name = '', localParticipant }: Pick<Room, 'name' | 'localParticipant'>,
  callerIdentity: string,
  reason: DisconnectReason,
): Promise<boolean> {
  if (ends.includes(reason)) return false;
  for (let tried = 1, pauseMs: number = firstPauseMs; ; tried += 1, pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      const participants = await rooms.listParticipants(name);
      const isCompany = ({ identity, kind }: (typeof participants)[number]): boolean =>
        identity !== callerIdentity && identity !== localParticipant?.identity && !recorders.includes(kind);
      return participants.some(({ identity }) => identity === callerIdentity) && !participants.some(isCompany);
    } catch {
      // The server may be restarting.
      if (tried === tries) return false;
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
  }
}
