import { ParticipantKind, type Room } from '@livekit/rtc-node';

/**
 * Whether audio of a participant can be expected: of a phone only while its call is active, of any other participant
 * always.
 */
export function isAbleToSend(room: Room, identity: string): boolean {
  const participant = room.remoteParticipants.get(identity);
  return participant?.kind !== ParticipantKind.SIP || participant.attributes['sip.callStatus'] === 'active';
}
