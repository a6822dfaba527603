import { samplesIn } from '../tones/tone-generator.js';
import { dbfsToAmplitude } from '../tones/level.js';
import { PcmResampler } from '../media/pcm-resampler.js';

/** Audio held beyond its time arrived while nothing was sent, and is dropped. */
const spareMs = 200;

/** One track on its way back. */
interface Returning {
  readonly resampler: PcmResampler;
  held: Int16Array;
}

/** Returns the heard audio, softer and later; several tracks are summed. */
export class EchoPath {
  readonly #gain: number;
  readonly #delay: number;
  readonly #most: number;
  readonly #rates: readonly [from: number, to: number];
  readonly #tracks = new Set<Returning>();

  /** `delayMs` is what passes here; what passes on the way to and from here comes on top. */
  constructor(levelDb: number, delayMs: number, heardRate: number, sentRate: number) {
    this.#gain = dbfsToAmplitude(levelDb);
    this.#delay = samplesIn(delayMs, sentRate);
    this.#most = samplesIn(delayMs + spareMs, sentRate);
    this.#rates = [heardRate, sentRate];
  }

  /** Begins to hear a track; its samples go to the function that is returned. */
  hear(): (pcm: Int16Array) => void {
    const track: Returning = { resampler: new PcmResampler(...this.#rates), held: new Int16Array() };
    this.#tracks.add(track);
    return (pcm) => {
      const more = track.resampler.push(pcm);
      // A track that begins, or was late, is put off by the whole delay.
      const before = track.held.length === 0 ? new Int16Array(this.#delay) : track.held;
      const all = new Int16Array(before.length + more.length);
      all.set(before);
      all.set(more, before.length);
      track.held = all.length > this.#most ? all.slice(all.length - this.#delay) : all;
    };
  }

  /** Adds the echo to samples that are sent now. */
  addTo(sent: Int16Array): void {
    for (const track of this.#tracks) {
      const length = Math.min(sent.length, track.held.length);
      for (let i = 0; i < length; i += 1) {
        const sum = Math.round((sent[i] ?? 0) + this.#gain * (track.held[i] ?? 0));
        sent[i] = Math.max(-32_768, Math.min(32_767, sum));
      }
      track.held = track.held.slice(length);
    }
  }
}
