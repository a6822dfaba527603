import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { closeTrack } from '@org/support';
import { muteTrack } from '../../src/media/mute-track.ts';
import { pause } from './until.ts';

interface MicrophoneOptions {
  /** The name of the track. Default `microphone`. */
  readonly name?: string;
  /**
   * Whether it sends 10 ms at a time, in real time, and no packets before it is started, to measure delays or silence.
   * Default false: 20 ms at a time and some ahead, which takes half the work and tolerates a busy machine.
   */
  readonly direct?: boolean;
}

/** Audio that is sent at a time, and ahead. */
const frameMs = 20;
const aheadMs = 100;

/** The microphone of a raw client: sounds a tone until it is closed; a direct one can send a short loud burst. */
export class Microphone implements AsyncDisposable {
  readonly #room: Room;
  readonly #direct: boolean;
  readonly #source: AudioSource;
  readonly #track: LocalAudioTrack;
  readonly #hz: number;
  #publication: LocalTrackPublication | undefined;
  #running: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #burst: ((at: number) => void) | undefined;

  constructor(room: Room, hz: number, { name = 'microphone', direct = false }: MicrophoneOptions = {}) {
    this.#room = room;
    this.#hz = hz;
    this.#direct = direct;
    this.#source = new AudioSource(48_000, 1, direct ? 0 : aheadMs);
    this.#track = LocalAudioTrack.createAudioTrack(name, this.#source);
  }

  static async on(room: Room, hz: number, options?: MicrophoneOptions): Promise<Microphone> {
    const microphone = new Microphone(room, hz, options);
    await microphone.publish();
    microphone.start();
    return microphone;
  }

  start(): void {
    this.#running = this.#sound();
  }

  /** Publishes the track, and sends nothing. */
  async publish(): Promise<void> {
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    this.#publication = await this.#room.localParticipant?.publishTrack(this.#track, options);
  }

  /** Sends a loud frame. Resolves to the time (performance.now) at which it was passed to the media stack. */
  burst(): Promise<number> {
    return new Promise((resolve) => {
      this.#burst = resolve;
    });
  }

  /** Mutes the track the way a browser does. */
  mute(muted: boolean): void {
    muteTrack(this.#track, muted);
  }

  /** Idempotent. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // The loop checks whether the microphone is closing.
    await this.#running;
    const sid = this.#publication?.sid;
    const me = this.#room.isConnected ? this.#room.localParticipant : undefined;
    // The room may be ending at this time, and the track with it.
    if (sid !== undefined) await me?.unpublishTrack(sid).catch(() => undefined);
    await closeTrack(this.#track, this.#source);
  }

  async #sound(): Promise<void> {
    const startedAt = performance.now();
    const ms = this.#direct ? 10 : frameMs;
    for (let sent = 0; this.#closing === undefined; sent += 1) {
      const burst = this.#burst;
      this.#burst = undefined;
      const frame = toneFrame(this.#hz, sent * ms * 48, burst ? 20_000 : 2_500, ms * 48);
      burst?.(performance.now());
      await this.#source.captureFrame(frame);
      if (this.#direct) await pause(startedAt + (sent + 1) * ms - performance.now());
    }
  }
}

/** Returns a frame of a tone, 10 ms by default. */
export function toneFrame(hz: number, position: number, amplitude: number, samples = 480): AudioFrame {
  const frame = AudioFrame.create(48_000, 1, samples);
  for (let i = 0; i < samples; i += 1) {
    frame.data[i] = amplitude * Math.sin((2 * Math.PI * hz * (position + i)) / 48_000);
  }
  return frame;
}
