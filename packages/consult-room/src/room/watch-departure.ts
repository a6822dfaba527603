import { ConnectionState, DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { guardHandler } from '../support/guard-handler.js';
import { describeLeft } from './participant-left.js';
import type { ParticipantLeft } from './participant-left.js';

/**
 * Who connects anew takes their own place: the room sees the old one leave without a reason and the new one come at
 * once. When it is we who connect anew, all others leave without a reason and come back. So long is waited for that,
 * and longer while we are reconnecting; a real departure has a reason. In milliseconds.
 */
const backWithinMs = 1_000;

/**
 * Tells each time `identity` leaves the room, but not when they, or we, merely connect anew.
 *
 * The room may not be connected yet. What the listener throws is reported once, as a warning of the process. Returns
 * the function that stops the watch.
 */
export function watchDeparture(room: Room, identity: string, listener: (left: ParticipantLeft) => void): () => void {
  const tell = guardHandler('a listener of watchDeparture', listener);
  const timers = new Set<NodeJS.Timeout>();
  const tellUnlessBack = (left: ParticipantLeft): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (room.connectionState === ConnectionState.CONN_RECONNECTING) tellUnlessBack(left);
      else if (!room.remoteParticipants.has(identity)) tell(left);
    }, backWithinMs);
    timers.add(timer);
  };
  const onLeft = (participant: RemoteParticipant): void => {
    if (participant.identity !== identity) return;
    const left = describeLeft(participant);
    if (left.how === 'hung-up' || left.reason !== DisconnectReason.UNKNOWN_REASON) tell(left);
    else tellUnlessBack(left);
  };
  room.on(RoomEvent.ParticipantDisconnected, onLeft);
  return () => {
    room.off(RoomEvent.ParticipantDisconnected, onLeft);
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
}
