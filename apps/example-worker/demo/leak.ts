import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  type RemoteTrack,
} from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import type { Meddle } from './story.js';

const SAMPLE_RATE = 48_000;

/**
 * Plants leaks: a third party that joins both rooms and plays into the caller room whatever is said in the consult room,
 * in several tracks, from as loud as it is to a whisper and to a blink. A proof that does not find each proves nothing.
 */
export function leakInto(lab: PhoneLab): Meddle {
  return async ({ callerRoom, consultRoom }) => {
    const mouth = await join(lab, callerRoom);
    const ear = await join(lab, consultRoom, (heard) => void relay(heard, mouth));
    return {
      [Symbol.asyncDispose]: async () => {
        await Promise.all([ear.disconnect(), mouth.disconnect()]);
      },
    };
  };
}

async function join(lab: PhoneLab, roomName: string, onHeard?: (track: RemoteTrack) => void): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity: 'leak' });
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  if (onHeard !== undefined) room.on(RoomEvent.TrackSubscribed, onHeard);
  await room.connect(lab.url, await token.toJwt());
  return room;
}

/** How loud the planted leaks are: voices are at -20 dBFS, so these are at -20, -40 and -60 dBFS. */
const gainsDb = [0, -20, -40];

/** The last leak is at -40 dBFS, and this short; it comes when the caller has long subscribed to its track. */
const blip = { gainDb: -20, afterMs: 1000, forMs: 40 };

/** Publishes tracks that sound like the one that is heard, but softer; the last one only for a moment. */
async function relay(heard: RemoteTrack, mouth: Room): Promise<void> {
  if (heard.kind !== TrackKind.KIND_AUDIO) return;
  const leaks = await Promise.all([
    ...gainsDb.map((gainDb) => Leak.into(mouth, `leak at ${gainDb} dB`, { gainDb, afterMs: 0, forMs: Infinity })),
    Leak.into(mouth, `leak at ${blip.gainDb} dB for ${blip.forMs} ms`, blip),
  ]);
  for await (const frame of new AudioStream(heard, { sampleRate: SAMPLE_RATE, numChannels: 1 })) {
    if (!mouth.isConnected) break;
    await Promise.all(leaks.map((leak) => leak.pass(frame)));
  }
  await Promise.all(leaks.map((leak) => leak.close()));
}

interface LeakOptions {
  readonly gainDb: number;
  readonly afterMs: number;
  /** How much sound is let through. */
  readonly forMs: number;
}

/** A published track that carries the frames passed to it, softer, until so much sound was let through. */
class Leak {
  readonly #source = new AudioSource(SAMPLE_RATE, 1);
  readonly #track: LocalAudioTrack;
  readonly #gain: number;
  #untilOpenMs: number;
  #leftMs: number;

  private constructor(name: string, { gainDb, afterMs, forMs }: LeakOptions) {
    this.#track = LocalAudioTrack.createAudioTrack(name, this.#source);
    this.#gain = 10 ** (gainDb / 20);
    this.#untilOpenMs = afterMs;
    this.#leftMs = forMs;
  }

  static async into(room: Room, name: string, leakOptions: LeakOptions): Promise<Leak> {
    const leak = new Leak(name, leakOptions);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    await room.localParticipant?.publishTrack(leak.#track, options);
    return leak;
  }

  async pass({ data, sampleRate, channels, samplesPerChannel }: AudioFrame): Promise<void> {
    const ms = (samplesPerChannel * 1000) / sampleRate;
    const isOpen = this.#untilOpenMs <= 0 && this.#leftMs > 0;
    this.#untilOpenMs -= ms;
    if (isOpen && isLoud(data)) this.#leftMs -= ms;
    const softer = isOpen ? data.map((sample) => Math.round(sample * this.#gain)) : new Int16Array(data.length);
    // A source may refuse a frame and take the next.
    await this.#source
      .captureFrame(new AudioFrame(softer, sampleRate, channels, samplesPerChannel))
      .catch((error: unknown) => console.error(`the leak lost a frame: ${String(error)}`));
  }

  close(): Promise<void> {
    return this.#track.close();
  }
}

/** Whether a party is speaking: half of what a voice of -20 dBFS has at its peak. */
function isLoud(pcm: Int16Array): boolean {
  return pcm.some((sample) => Math.abs(sample) > 1600);
}
