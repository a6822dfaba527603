import type { Room } from '@livekit/rtc-node';

/** The name under which an agent session publishes its voice. */
const VOICE_TRACK = 'roomio_audio';

/**
 * An agent session that closes leaves its dead voice track published. Call before the session starts; the function
 * returned takes out of the room the voice tracks that were published since.
 */
export function unpublishNewTracks(room: Room): () => Promise<void> {
  const publications = (): string[] =>
    [...(room.localParticipant?.trackPublications.values() ?? [])]
      .filter(({ name }) => name === VOICE_TRACK)
      .flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  const before = new Set(publications());
  return async () => {
    if (!room.isConnected) return;
    for (const sid of publications()) {
      if (!before.has(sid)) await room.localParticipant?.unpublishTrack(sid);
    }
  };
}
