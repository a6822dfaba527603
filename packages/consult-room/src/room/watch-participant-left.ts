import type { Room } from '@livekit/rtc-node';
import { watchParticipantLeft as watchParticipant } from '@org/support';
import { guardHandler } from '../async/guard-handler.js';
import { describeLeft } from './participant-left.js';
import type { ParticipantLeft } from './participant-left.js';

/**
 * Calls `listener` each time `identity` leaves the room, but not when they or this client reconnect, nor when all do, as after a
 * restart of the server.
 *
 * The room may not be connected yet. What the listener throws is reported once, as a warning of the process. Returns
 * the function that stops the watch.
 */
export function watchDeparture(room: Room, identity: string, listener: (left: ParticipantLeft) => void): () => void {
  const report = guardHandler('a listener of watchDeparture', listener);
  return watchParticipant(room, identity, (participant) => report(describeLeft(participant)));
}
