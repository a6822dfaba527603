import { RoomEvent, TrackKind, TrackSource } from '@livekit/rtc-node';
import type { RemoteParticipant, RemoteTrack, RemoteTrackPublication, Room, TrackPublication } from '@livekit/rtc-node';

/**
 * Tells the audio track that `identity` speaks on, now and whenever it changes: a person may publish late, publish
 * again, or connect anew. The newest one counts; sound of a shared screen does not.
 *
 * Subscribes to the person's audio where the room does not do that by itself. Returns the function that stops it.
 */
export function followAudioTrack(
  room: Room,
  identity: string,
  onTrack: (track: RemoteTrack | undefined) => void,
): () => void {
  const tracks = new Set<RemoteTrack>();
  let current: RemoteTrack | undefined;
  const settle = (): void => {
    const newest = [...tracks].at(-1);
    if (newest === current) return;
    current = newest;
    onTrack(current);
  };
  const onPublished = (publication: RemoteTrackPublication, participant: RemoteParticipant | undefined): void => {
    if (participant?.identity === identity && isSpeech(publication)) publication.setSubscribed(true);
  };
  const onSubscribed = (track: RemoteTrack, publication: RemoteTrackPublication, by: RemoteParticipant): void => {
    if (by.identity !== identity || !isSpeech(publication)) return;
    tracks.add(track);
    settle();
  };
  const onUnsubscribed = (track: RemoteTrack): void => {
    if (tracks.delete(track)) settle();
  };
  room.on(RoomEvent.TrackPublished, onPublished);
  room.on(RoomEvent.TrackSubscribed, onSubscribed);
  room.on(RoomEvent.TrackUnsubscribed, onUnsubscribed);
  for (const publication of publicationsOf(room, identity)) {
    if (!isSpeech(publication)) continue;
    if (publication.track) tracks.add(publication.track);
    else publication.setSubscribed(true);
  }
  settle();
  return () => {
    room.off(RoomEvent.TrackPublished, onPublished);
    room.off(RoomEvent.TrackSubscribed, onSubscribed);
    room.off(RoomEvent.TrackUnsubscribed, onUnsubscribed);
    tracks.clear();
    settle();
  };
}

function publicationsOf(room: Room, identity: string): readonly RemoteTrackPublication[] {
  return [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
}

/** The sid of the voice that a person publishes; the newest one counts. */
export function publishedAudio(room: Room, identity: string): string | undefined {
  return publicationsOf(room, identity).findLast(isSpeech)?.sid;
}

/** Audio, and not that of a shared screen. */
export function isSpeech(publication: TrackPublication): boolean {
  return publication.kind === TrackKind.KIND_AUDIO && publication.source !== TrackSource.SOURCE_SCREENSHARE_AUDIO;
}
