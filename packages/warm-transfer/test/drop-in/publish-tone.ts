import { AudioSource, LocalAudioTrack, type Room, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { toneFrames } from '@org/briefing-agent/testing';

const sampleRate = 48_000;

/** The microphone of a browser-like client, into which a tone sounds; leaves the room at the end. */
export async function publishTone(
  room: Room,
  frequency: number,
): Promise<AsyncDisposable & { readonly frames: number }> {
  const source = new AudioSource(sampleRate, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('microphone', source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  await room.localParticipant?.publishTrack(track, options);
  const second = toneFrames({ frequency, lengthMs: 1000, sampleRate });
  let frames = 0;
  const off = new AbortController();
  const sounding = (async () => {
    while (!off.signal.aborted) {
      const frame = second[frames % second.length];
      if (frame === undefined) return;
      await source.captureFrame(frame);
      frames += 1;
    }
  })();
  return {
    get frames() {
      return frames;
    },
    [Symbol.asyncDispose]: async () => {
      off.abort();
      await sounding;
      await room.disconnect();
      await track.close();
    },
  };
}
