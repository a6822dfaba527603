import { setTimeout as delay } from 'node:timers/promises';
import { AudioFrame, AudioSource, LocalAudioTrack, type Room, TrackPublishOptions } from '@livekit/rtc-node';

const RATE = 48_000;
const FRAME_MS = 20;
/** Their tone. */
export const BARE_HZ = 500;

/** Publishes a source and feeds it ready-made frames, as cheaply as it can be done. Returns the way to stop. */
export async function playBareFrames(room: Room): Promise<() => Promise<void>> {
  const source = new AudioSource(RATE, 1, 100);
  const track = LocalAudioTrack.createAudioTrack('bare', source);
  await room.localParticipant?.publishTrack(track, new TrackPublishOptions());
  const frame = AudioFrame.create(RATE, 1, (RATE * FRAME_MS) / 1_000);
  frame.data.forEach((_, i) => (frame.data[i] = 8_192 * Math.sin((2 * Math.PI * BARE_HZ * i) / RATE)));
  const stop = new AbortController();
  const played = (async () => {
    for (let due = performance.now(); !stop.signal.aborted; due += FRAME_MS) {
      await source.captureFrame(frame);
      await delay(Math.max(0, due + FRAME_MS - performance.now()));
    }
  })();
  return async () => {
    stop.abort();
    await played;
    await track.close();
  };
}
