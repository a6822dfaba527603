import type { Room } from '@livekit/rtc-node';
import { watchParticipantLeft as watchParticipant } from '@org/support';
import { guardHandler } from '../async/guard-handler.js';
import { type ParticipantLeft, readDisconnect } from './participant-left.js';

/**
 * Calls `listener` each time `identity` leaves the room, but not when the participant or this client reconnects, nor
 * when all participants do, as after a restart of the server.
 *
 * The room need not be connected yet. The first error of the listener is reported as a warning of the process. Returns
 * the function that stops it.
 */
export function watchParticipantLeft(
  room: Room,
  identity: string,
  listener: (left: ParticipantLeft) => void,
): () => void {
  const report = guardHandler('a listener of watchParticipantLeft', listener);
  return watchParticipant(room, identity, (participant) => report(readDisconnect(participant)));
}
