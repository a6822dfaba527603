import { DisconnectReason, type Room } from '@livekit/rtc-node';
import type { HangUpService } from '@org/consult-room';

/** The program left the room, another agent took our place in it, or nobody is in it any more. */
const ends: readonly DisconnectReason[] = [
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.DUPLICATE_IDENTITY,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];

/** LiveKit's `ParticipantInfo.Kind`s that nobody can talk to: ingress and egress. */
const recorders: readonly number[] = [1, 2];

/** The first pause between two tries to list, the longest one, and how many there are. Pauses in milliseconds. */
const [firstPauseMs, longestPauseMs, tries] = [500, 30_000, 10] as const;

/**
 * Resolves to whether the caller is alone in a room to which our connection has ended for this reason. False where that
 * cannot be found out for minutes.
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
      const people = await rooms.listParticipants(name);
      const isCompany = ({ identity, kind }: (typeof people)[number]): boolean =>
        identity !== callerIdentity && identity !== localParticipant?.identity && !recorders.includes(kind);
      return people.some(({ identity }) => identity === callerIdentity) && !people.some(isCompany);
    } catch {
      // The server may be starting again.
      if (tried === tries) return false;
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
  }
}
