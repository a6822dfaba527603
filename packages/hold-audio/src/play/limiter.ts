import { SAMPLE_RATE } from '../pcm/clip.js';
import type { PcmReader } from '../readers/pcm-reader.js';

const FULL_SCALE = 32_767;
/** How fast the gain falls when a sum is too loud: within a millisecond, in which samples may be cut. */
const ATTACK = 1000 / SAMPLE_RATE;
/** How fast it comes back, from nothing to one: within 200 ms. */
const RELEASE = 5 / SAMPLE_RATE;

/** Another reader whose sums stay within full scale: what is too loud is turned down, and not cut. */
export class Limiter implements PcmReader {
  readonly #reader: PcmReader;
  #gain = 1;

  constructor(reader: PcmReader) {
    this.#reader = reader;
  }

  read(into: Float32Array): void {
    this.#reader.read(into);
    let peak = FULL_SCALE;
    for (const sample of into) peak = Math.max(peak, Math.abs(sample));
    // Of the loudest sample of these, so that the gain does not follow a wave.
    const wanted = FULL_SCALE / peak;
    if (wanted === 1 && this.#gain === 1) return;
    for (let i = 0; i < into.length; i += 1) {
      this.#gain = this.#gain > wanted ? Math.max(wanted, this.#gain - ATTACK) : Math.min(wanted, this.#gain + RELEASE);
      into[i] = (into[i] as number) * this.#gain;
    }
  }

  close(): void {
    this.#reader.close();
  }
}
