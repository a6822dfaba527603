import { ConnectionState, DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import { guardHandler } from '../support/guard-handler.js';
import { sleep } from '../support/sleep.js';
import { describeLeft } from './participant-left.js';
import type { ParticipantLeft } from './participant-left.js';

/**
 * Who connects anew takes their own place: the room sees the old one leave without a reason and the new one come at
 * once. When it is we who connect anew, all others leave without a reason and come back. So long is waited for that,
 * and longer while we are reconnecting; a real departure has a reason. In milliseconds.
 */
const backWithinMs = 1_000;

/**
 * How long the others may take to come back once we have: when a server was restarted, each client tries by itself, every
 * five seconds. In milliseconds.
 */
const backAfterUsMs = 10_000;

/**
 * Tells each time `identity` leaves the room, but not when they, or we, merely connect anew, nor when all do, as after a
 * restart of the server.
 *
 * The room may not be connected yet. What the listener throws is reported once, as a warning of the process. Returns
 * the function that stops the watch.
 */
export function watchDeparture(room: Room, identity: string, listener: (left: ParticipantLeft) => void): () => void {
  const tell = guardHandler('a listener of watchDeparture', listener);
  const stop = new AbortController();
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  const mayComeBack = (): boolean =>
    room.connectionState === ConnectionState.CONN_RECONNECTING || performance.now() < reconnectedAt + backAfterUsMs;
  const isAway = (): boolean => !stop.signal.aborted && !room.remoteParticipants.has(identity);
  const tellUnlessBack = async (left: ParticipantLeft): Promise<void> => {
    do await sleep(backWithinMs, stop.signal);
    while (isAway() && mayComeBack());
    if (isAway()) tell(left);
  };
  const onLeft = (participant: RemoteParticipant): void => {
    if (participant.identity !== identity) return;
    const left = describeLeft(participant);
    if (left.how === 'hung-up' || left.reason !== DisconnectReason.UNKNOWN_REASON) tell(left);
    else void tellUnlessBack(left);
  };
  const onReconnected = (): void => {
    reconnectedAt = performance.now();
  };
  room.on(RoomEvent.ParticipantDisconnected, onLeft);
  room.on(RoomEvent.Reconnected, onReconnected);
  return () => {
    room.off(RoomEvent.ParticipantDisconnected, onLeft);
    room.off(RoomEvent.Reconnected, onReconnected);
    stop.abort();
  };
}
