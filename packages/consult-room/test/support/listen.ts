import { AudioStream, type RemoteTrack, type Room, RoomEvent } from '@livekit/rtc-node';

/** Returns undefined for a track that ended before it could be read. */
function open(track: RemoteTrack): AudioStream | undefined {
  try {
    return new AudioStream(track, { sampleRate: 48_000, numChannels: 1, frameSizeMs: 10 });
  } catch {
    return undefined;
  }
}

/** Calls back with the peak of every 10 ms that a raw client hears, and the time at which it heard it. */
export function listen(room: Room, publisher: string, onPeak: (peak: number, at: number) => void): void {
  const read = async (track: RemoteTrack): Promise<void> => {
    for await (const frame of open(track) ?? []) {
      onPeak(
        frame.data.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
        performance.now(),
      );
    }
  };
  room.on(RoomEvent.TrackSubscribed, (track, _publication, by) => {
    if (by.identity === publisher) void read(track);
  });
  for (const publication of room.remoteParticipants.get(publisher)?.trackPublications.values() ?? []) {
    if (publication.track) void read(publication.track);
  }
}
