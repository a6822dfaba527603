import {
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  TrackKind,
  type TrackPublication,
  TrackSource,
} from '@livekit/rtc-node';

/**
 * Calls `onTrack` with the audio track that `identity` speaks on, now and whenever it changes: a participant may
 * publish late, publish again, or reconnect. The newest track counts; the sound of a shared screen does not.
 *
 * Subscribes to the participant's audio if the room does not do so by itself. Returns the function that stops it.
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
  for (const publication of getPublications(room, identity)) {
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

function getPublications(room: Room, identity: string): readonly RemoteTrackPublication[] {
  return [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
}

/** Returns the sid of the audio track that a participant speaks on; the newest one counts. */
export function publishedAudio(room: Room, identity: string): string | undefined {
  return getPublications(room, identity).findLast(isSpeech)?.sid;
}

/** Whether a publication is audio other than that of a shared screen. */
export function isSpeech(publication: TrackPublication): boolean {
  return publication.kind === TrackKind.KIND_AUDIO && publication.source !== TrackSource.SOURCE_SCREENSHARE_AUDIO;
}
