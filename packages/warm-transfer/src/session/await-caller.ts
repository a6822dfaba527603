import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';

/** The server reports a participant who has not published yet every three seconds. In milliseconds. */
const seenWithinMs = 3_500;

/**
 * Waits for a caller who may be in the room without having been reported yet. Resolves when they are seen, when that would have
 * happened, or when `signal` ends.
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
