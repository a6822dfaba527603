import { type Room, RoomEvent } from '@livekit/rtc-node';

export interface SeenLeg {
  readonly identity: string;
  /** Whether the identity was that of another participant in the room. */
  readonly isIdentityTaken: boolean;
}

/** Emits each leg that joins by the one-time number of a dispatch rule. Returns the function that stops it. */
export function watchLegs(room: Room, ruleId: string, emit: (leg: SeenLeg) => void): () => void {
  // By participant sid: a participant who joins again under the same identity is another one.
  const seen = new Set<string>();
  const others = new Map<string, string>();
  if (room.localParticipant) others.set(room.localParticipant.identity, room.localParticipant.sid ?? '');
  const look = (): void => {
    for (const { identity, sid = '', attributes } of room.remoteParticipants.values()) {
      if (attributes['sip.ruleID'] !== ruleId) {
        others.set(identity, sid);
      } else if (!seen.has(sid)) {
        seen.add(sid);
        // The attributes of a leg may arrive after it.
        emit({ identity, isIdentityTaken: (others.get(identity) ?? sid) !== sid });
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
