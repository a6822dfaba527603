import { DisconnectReason, type Participant, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { hasHungUp, watchDeparture } from '@org/support';
import type { BriefingEvent } from '../decision/briefing-event.js';

/** How long the report of the answer may be overtaken by a key, in milliseconds. */
const OVERTAKEN_MS = 2_000;

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
  let early: readonly { readonly digit: string; readonly at: number }[] = [];
  const onDtmf = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== identity) return;
    if (isActive(participant) || isAnswered()) post({ type: 'key', digit });
    // A phone that still rings has no person who presses keys: its answer is about to be reported.
    else early = [...early, { digit, at: performance.now() }];
  };
  const onAttributes = (_changed: unknown, participant: Participant): void => {
    if (participant.identity !== identity || !isActive(participant)) return;
    const keys = early.filter(({ at }) => performance.now() - at < OVERTAKEN_MS);
    early = [];
    for (const { digit } of keys) post({ type: 'key', digit });
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
  room.on(RoomEvent.ParticipantAttributesChanged, onAttributes);
  room.on(RoomEvent.Disconnected, onRoomGone);
  return () => {
    stopWatching();
    room.off(RoomEvent.DtmfReceived, onDtmf);
    room.off(RoomEvent.ParticipantAttributesChanged, onAttributes);
    room.off(RoomEvent.Disconnected, onRoomGone);
  };
}

/** Whether the room shows a phone that was answered. A participant who is no phone always was. */
function isActive({ attributes: { 'sip.callStatus': status = 'active' } }: Participant): boolean {
  return status === 'active';
}
