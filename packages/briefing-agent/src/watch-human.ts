import { ConnectionState, DisconnectReason, RoomEvent, type RemoteParticipant, type Room } from '@livekit/rtc-node';
import { hasHungUp } from '@org/support';
import type { BriefingEvent } from './decision/briefing-event.js';

/**
 * Whoever connects anew, the human or we, lets the human leave without a reason and come back at once. So long is waited
 * for that, and longer while we are reconnecting; a real departure has a reason. In milliseconds.
 */
const backWithinMs = 1_000;

/**
 * How long the human agent may take to come back once we have: when a server was restarted, each client tries by itself, and a
 * gateway some seconds later than we do. In milliseconds.
 */
const backAfterUsMs = 10_000;

/**
 * Reports the human's keys, and that they or the room are gone. Returns the way to stop.
 *
 * @param isAnswered whether the program has said so: the room may show it later, and a key must not be lost meanwhile
 */
export function watchHuman(
  room: Room,
  identity: string,
  isAnswered: () => boolean,
  post: (event: BriefingEvent) => void,
): () => void {
  let patience: NodeJS.Timeout | undefined;
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  const mayComeBack = (): boolean =>
    room.connectionState === ConnectionState.CONN_RECONNECTING || performance.now() < reconnectedAt + backAfterUsMs;
  const onDtmf = (_code: number, digit: string, participant?: RemoteParticipant): void => {
    if (participant?.identity !== identity) return;
    // A phone that still rings has no person who presses keys.
    const { 'sip.callStatus': status = 'active' } = participant.attributes;
    if (status === 'active' || isAnswered()) post({ type: 'key', digit });
  };
  const loseUnlessBack = (): void => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (room.remoteParticipants.has(identity)) return;
      if (mayComeBack()) loseUnlessBack();
      else post({ type: 'human-left', how: 'lost' });
    }, backWithinMs);
  };
  const onLeft = (participant: RemoteParticipant): void => {
    if (participant.identity !== identity) return;
    const { disconnectReason: reason = DisconnectReason.UNKNOWN_REASON, attributes } = participant;
    const ended = hasHungUp(reason, attributes['sip.callStatus']);
    if (!ended && reason === DisconnectReason.UNKNOWN_REASON) loseUnlessBack();
    else post({ type: 'human-left', how: ended ? 'hung-up' : 'lost' });
  };
  const onReconnected = (): void => {
    reconnectedAt = performance.now();
  };
  const onRoomGone = (reason: DisconnectReason): void => {
    const name = DisconnectReason[reason] ?? String(reason);
    post({ type: 'broken', cause: new Error(`the consult room was disconnected (${name})`) });
  };
  room.on(RoomEvent.DtmfReceived, onDtmf);
  room.on(RoomEvent.ParticipantDisconnected, onLeft);
  room.on(RoomEvent.Reconnected, onReconnected);
  room.on(RoomEvent.Disconnected, onRoomGone);
  return () => {
    clearTimeout(patience);
    room.off(RoomEvent.DtmfReceived, onDtmf);
    room.off(RoomEvent.ParticipantDisconnected, onLeft);
    room.off(RoomEvent.Reconnected, onReconnected);
    room.off(RoomEvent.Disconnected, onRoomGone);
  };
}
