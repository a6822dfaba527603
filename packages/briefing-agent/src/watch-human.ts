import { DisconnectReason, RoomEvent, type RemoteParticipant, type Room } from '@livekit/rtc-node';
import { hasHungUp, watchDeparture } from '@org/support';
import type { BriefingEvent } from './decision/briefing-event.js';

/**
 * Reports the human agent's keys, their departure and the loss of the room. Returns the function that stops.
 *
 * @param isAnswered whether the program has said so: the room may report it later, and a key must not be lost meanwhile
 */
export function watchHuman(
  room: Room,
  identity: string,
  isAnswered: () => boolean,
  post: (event: BriefingEvent) => void,
): () => void {
  const onDtmf = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== identity) return;
    // A phone that still rings has no person who presses keys.
    const { 'sip.callStatus': status = 'active' } = participant.attributes;
    if (status === 'active' || isAnswered()) post({ type: 'key', digit });
  };
  const onLeft = ({ disconnectReason, attributes }: RemoteParticipant): void => {
    const hungUp = hasHungUp(disconnectReason, attributes['sip.callStatus']);
    post({ type: 'human-left', how: hungUp ? 'hung-up' : 'lost' });
  };
  const onRoomGone = (reason: DisconnectReason): void => {
    const name = DisconnectReason[reason] ?? String(reason);
    post({ type: 'broken', cause: new Error(`the consult room was disconnected (${name})`) });
  };
  const stopWatching = watchDeparture(room, identity, onLeft);
  room.on(RoomEvent.DtmfReceived, onDtmf);
  room.on(RoomEvent.Disconnected, onRoomGone);
  return () => {
    stopWatching();
    room.off(RoomEvent.DtmfReceived, onDtmf);
    room.off(RoomEvent.Disconnected, onRoomGone);
  };
}
