import { RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

export interface SeenLine {
  readonly identity: string;
  /** The identity was that of another one in the room. */
  readonly isTaken: boolean;
}

/** Emits each line that comes by the one-time number of a dispatch rule. Returns the function that stops it. */
export function watchLines(room: Room, ruleId: string, emit: (line: SeenLine) => void): () => void {
  // By participant sid: who comes again under the same identity is another one.
  const seen = new Set<string>();
  const others = new Map<string, string>();
  if (room.localParticipant) others.set(room.localParticipant.identity, room.localParticipant.sid ?? '');
  const look = (): void => {
    for (const { identity, sid = '', attributes } of room.remoteParticipants.values()) {
      if (attributes['sip.ruleID'] !== ruleId) {
        others.set(identity, sid);
      } else if (!seen.has(sid)) {
        seen.add(sid);
        // The attributes of a line may come after it.
        emit({ identity, isTaken: (others.get(identity) ?? sid) !== sid });
      }
    }
  };
  for (const event of watched) room.on(event, look);
  look();
  return () => {
    for (const event of watched) room.off(event, look);
  };
}

const watched = [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged] as const;
