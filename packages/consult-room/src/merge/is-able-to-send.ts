import { ParticipantKind } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';

/** Whether a participant's audio can be expected: a phone's only while its call is active, that of all others always. */
export function isAbleToSend(room: Room, identity: string): boolean {
  const participant = room.remoteParticipants.get(identity);
  return participant?.kind !== ParticipantKind.SIP || participant.attributes['sip.callStatus'] === 'active';
}
