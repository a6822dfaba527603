import { DisconnectReason, RoomEvent, type RemoteParticipant, type Room } from '@livekit/rtc-node';
import type { BriefingEvent } from './decide.js';

/** Reports the human's keys, and that they or the room are gone. Returns the way to stop. */
export function watchHuman(room: Room, identity: string, post: (event: BriefingEvent) => void): () => void {
  const onDtmf = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity === identity) post({ type: 'key', digit });
  };
  const onLeft = (participant: RemoteParticipant): void => {
    if (participant.identity !== identity) return;
    const ended =
      participant.disconnectReason === DisconnectReason.CLIENT_INITIATED ||
      participant.attributes['sip.callStatus'] === 'hangup';
    post({ type: 'human-left', how: ended ? 'hung-up' : 'lost' });
  };
  const onRoomGone = (reason: DisconnectReason): void => {
    const name = DisconnectReason[reason] ?? String(reason);
    post({ type: 'broken', cause: new Error(`the consult room was disconnected (${name})`) });
  };
  room.on(RoomEvent.DtmfReceived, onDtmf);
  room.on(RoomEvent.ParticipantDisconnected, onLeft);
  room.on(RoomEvent.Disconnected, onRoomGone);
  return () => {
    room.off(RoomEvent.DtmfReceived, onDtmf);
    room.off(RoomEvent.ParticipantDisconnected, onLeft);
    room.off(RoomEvent.Disconnected, onRoomGone);
  };
}
