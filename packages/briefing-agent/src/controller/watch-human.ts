import { DisconnectReason, type Participant, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { hasHungUp, watchParticipantLeft } from '@org/support';
import type { BriefingEvent } from '../decision/briefing-event.js';

/** The longest time by which a key may precede the report of the answer, in milliseconds. */
const ANSWER_REPORT_GRACE_MS = 2_000;

/**
 * Reports the human agent's keys, their departure and the loss of the room. Returns the function that stops.
 *
 * @param isAnswered whether the program has reported the answer: the room may do so later, and no key must be lost until then
 */
export function watchHuman(
  room: Room,
  identity: string,
  isAnswered: () => boolean,
  dispatch: (event: BriefingEvent) => void,
): () => void {
  /** A ringing phone has no person who presses keys: the report of its answer is still to come. */
  let early: readonly { readonly digit: string; readonly at: number }[] = [];
  const dispatchKeys = (): void => {
    const keys = early.filter(({ at }) => performance.now() - at < ANSWER_REPORT_GRACE_MS);
    early = [];
    for (const { digit } of keys) dispatch({ type: 'key', digit });
  };
  const onDtmf = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== identity) return;
    // A key never overtakes an earlier one.
    early = [...early, { digit, at: performance.now() }];
    if (isActive(participant) || isAnswered()) dispatchKeys();
  };
  const onAttributes = (_changed: unknown, participant: Participant): void => {
    if (participant.identity === identity && isActive(participant)) dispatchKeys();
  };
  const onLeft = ({ disconnectReason, attributes }: RemoteParticipant): void => {
    const hungUp = hasHungUp(disconnectReason, attributes['sip.callStatus']);
    dispatch({ type: 'human-disconnected', how: hungUp ? 'hung-up' : 'lost' });
  };
  const onRoomGone = (reason: DisconnectReason): void => {
    const name = DisconnectReason[reason] ?? String(reason);
    dispatch({ type: 'broken', cause: new Error(`the consult room was disconnected (${name})`) });
  };
  const stopWatching = watchParticipantLeft(room, identity, onLeft);
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

/** Returns whether the room shows a phone that was answered. A participant without a phone always counts as answered. */
function isActive({ attributes: { 'sip.callStatus': status = 'active' } }: Participant): boolean {
  return status === 'active';
}
