import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';

/**
 * Milliseconds until a participant is reported: the server reports those who have not published every three seconds.
 */
const seenWithinMs = 3_500;

/**
 * Waits for a caller who may be in the room and not reported yet. Resolves when the caller is reported, after the
 * longest time for that, or when `signal` aborts.
 */
export async function awaitCaller(room: Room, identity: string | undefined, signal: AbortSignal): Promise<void> {
  if (identity === undefined || !room.isConnected || room.remoteParticipants.has(identity) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantConnected, onJoined);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const onJoined = (participant: RemoteParticipant): void => {
      if (participant.identity === identity) done();
    };
    const timer = setTimeout(done, seenWithinMs);
    room.on(RoomEvent.ParticipantConnected, onJoined);
    signal.addEventListener('abort', done, { once: true });
  });
}
