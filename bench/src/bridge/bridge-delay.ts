import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { createMerge } from '@org/consult-room';
import type { BenchSize } from '../bench-size.js';
import { joinRoom, type Server } from '../cost/join-room.js';
import { foundWithin } from '../found-within.js';
import { CALLER, HUMAN, patient } from './bridged-rooms.js';

const RATE = 48_000;
const FRAME = RATE / 100;
/** A voice that the relay can prove, and a burst that stands out of it. */
const [VOICE, BURST, HEARD] = [2_500, 20_000, 9_000];
/** Long enough to survive a stretch that a jitter buffer cuts out; its beginning is measured. */
const BURST_FRAMES = 4;
const EVERY_MS = 600;

/** How long one burst took to two ears, in milliseconds. */
export interface BurstDelay {
  /** To an ear in the room of the microphone: the hop that both have in common, with what this process itself is late. */
  readonly oneRoom: number;
  readonly bridged: number;
}

/** Measures the way from a microphone to an ear in its room, and to one across a bridge. */
export async function measureDelay(
  server: Server,
  { repeats, neverMs }: Pick<BenchSize, 'repeats' | 'neverMs'>,
): Promise<readonly BurstDelay[]> {
  const [callerRoom, caller, neighbor, consultRoom, human] = await Promise.all([
    joinRoom(server, 'delay-caller-room', 'agent'),
    joinRoom(server, 'delay-caller-room', CALLER),
    joinRoom(server, 'delay-caller-room', 'neighbor'),
    joinRoom(server, 'delay-consult-room', 'briefing-agent'),
    joinRoom(server, 'delay-consult-room', HUMAN),
  ]);
  const direct = burstsHeard(neighbor, CALLER);
  const across = burstsHeard(human, 'briefing-agent');
  const voice = await Microphone.open(caller);
  const other = await Microphone.open(human);
  const bridge = createMerge({
    strategy: 'bridge',
    callerRoom,
    callerIdentity: CALLER,
    consultRoom,
    humanIdentity: HUMAN,
    ...patient,
  });
  await bridge.publishTracks();
  const result = await bridge.merge();
  if (!result.merged) throw new Error(`the two could not be joined: ${result.reason}`);
  await delay(1_000);
  const delays: BurstDelay[] = [];
  for (let burst = 0; burst < repeats; burst += 1) {
    const sentAt = await voice.burst();
    const [near, far] = await Promise.all(
      [direct, across].map((heard) => foundWithin(neverMs, () => heard.find((at) => at > sentAt))),
    );
    delays.push({
      oneRoom: (near ?? Number.POSITIVE_INFINITY) - sentAt,
      bridged: (far ?? Number.POSITIVE_INFINITY) - sentAt,
    });
    await delay(EVERY_MS);
  }
  await bridge.close();
  for (const microphone of [voice, other]) await microphone.close();
  for (const room of [callerRoom, caller, neighbor, consultRoom, human]) await room.disconnect();
  return delays;
}

/** Sounds all the time, and louder for a moment when asked to. */
class Microphone {
  readonly #source = new AudioSource(RATE, 1, 0);
  readonly #track = LocalAudioTrack.createAudioTrack('microphone', this.#source);
  readonly #stop = new AbortController();
  #played: Promise<void> | undefined;
  #onBurst: ((at: number) => void) | undefined;

  static async open(room: Room): Promise<Microphone> {
    const microphone = new Microphone();
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await room.localParticipant?.publishTrack(microphone.#track, options);
    microphone.#played = microphone.#play();
    return microphone;
  }

  /** Resolves with the moment at which the first loud frame is handed over. */
  burst(): Promise<number> {
    return new Promise((resolve) => {
      this.#onBurst = resolve;
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#played;
    await this.#track.close();
  }

  async #play(): Promise<void> {
    const startedAt = performance.now();
    let loudUntil = 0;
    for (let sent = 0; !this.#stop.signal.aborted; sent += 1) {
      const onBurst = this.#onBurst;
      this.#onBurst = undefined;
      if (onBurst !== undefined) loudUntil = sent + BURST_FRAMES;
      const frame = AudioFrame.create(RATE, 1, FRAME);
      const amplitude = sent < loudUntil ? BURST : VOICE;
      frame.data.forEach((_, i) => (frame.data[i] = amplitude * Math.sin((2 * Math.PI * 440 * i) / RATE)));
      onBurst?.(performance.now());
      await this.#source.captureFrame(frame);
      await delay(Math.max(0, startedAt + (sent + 1) * 10 - performance.now()));
    }
  }
}

/** The moments at which a burst of this publisher began to be heard; grows as they come. */
function burstsHeard(room: Room, publisher: string): readonly number[] {
  const heard: number[] = [];
  room.on(RoomEvent.TrackSubscribed, (track, _publication, by) => {
    if (by.identity !== publisher) return;
    void (async () => {
      let loud = false;
      for await (const frame of new AudioStream(track, { sampleRate: RATE, numChannels: 1, frameSizeMs: 10 })) {
        const isLoud = frame.data.some((sample) => Math.abs(sample) > HEARD);
        if (isLoud && !loud) heard.push(performance.now());
        loud = isLoud;
      }
    })();
  });
  return heard;
}
