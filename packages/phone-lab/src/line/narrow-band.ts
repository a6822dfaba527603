import { roundToG711, type G711 } from '../media/g711.js';
import { PcmResampler } from '../media/pcm-resampler.js';

const narrowRate = 8000;

/** Sends samples through a telephone codec and back: 8 kHz, 8 bit. They come about 3 ms later, and as many at a time. */
export class NarrowBand {
  readonly #law: G711;
  readonly #down: PcmResampler;
  readonly #up: PcmResampler;
  /** Samples that came back and were not taken; first the silence that covers the delay of the filters. */
  #held: Int16Array;

  constructor(law: G711, sampleRate: number) {
    this.#law = law;
    this.#down = new PcmResampler(sampleRate, narrowRate);
    this.#up = new PcmResampler(narrowRate, sampleRate);
    this.#held = new Int16Array(Math.ceil((3 * sampleRate) / 1000));
  }

  run(pcm: Int16Array): Int16Array {
    const back = this.#up.push(roundToG711(this.#down.push(pcm), this.#law));
    const all = new Int16Array(this.#held.length + back.length);
    all.set(this.#held);
    all.set(back, this.#held.length);
    this.#held = all.slice(pcm.length);
    return all.slice(0, pcm.length);
  }
}
