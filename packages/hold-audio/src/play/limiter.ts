import { SAMPLE_RATE } from '../pcm/clip.js';
import type { PcmReader } from '../readers/pcm-reader.js';

const FULL_SCALE = 32_767;
/** Speed at which the gain falls when a sum is too loud: within a millisecond, in which samples may be clipped. */
const ATTACK = 1000 / SAMPLE_RATE;
/** Speed at which the gain returns, from 0 to 1 within 200 ms. */
const RELEASE = 5 / SAMPLE_RATE;

/** Keeps another reader within full scale: loud passages are turned down, not clipped. */
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
    // By the loudest sample of the block, so that the gain does not follow a wave.
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
