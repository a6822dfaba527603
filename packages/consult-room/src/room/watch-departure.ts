import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { describeLeft } from './participant-left.js';
import type { ParticipantLeft } from './participant-left.js';

/**
 * A client that connects anew takes its own place: the room sees the old one leave without a reason and the new one
 * come in the same moment. So long is waited for that before a departure without a reason counts. In milliseconds.
 */
const replacedWithinMs = 100;

/**
 * Tells each time `identity` leaves the room, but not when the same identity merely connects anew.
 *
 * The room may not be connected yet. Returns the function that stops the watch.
 */
export function watchDeparture(room: Room, identity: string, listener: (left: ParticipantLeft) => void): () => void {
  const timers = new Set<NodeJS.Timeout>();
  const onLeft = (participant: RemoteParticipant): void => {
    if (participant.identity !== identity) return;
    const left = describeLeft(participant);
    if (left.how === 'hung-up' || left.reason !== DisconnectReason.UNKNOWN_REASON) {
      listener(left);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!room.remoteParticipants.has(identity)) listener(left);
    }, replacedWithinMs);
    timers.add(timer);
  };
  room.on(RoomEvent.ParticipantDisconnected, onLeft);
  return () => {
    room.off(RoomEvent.ParticipantDisconnected, onLeft);
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
}
