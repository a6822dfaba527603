import { kaiserWindow } from './kaiser.js';

const kaiser = kaiserWindow(8);
/** The cutoff as a share of the lower Nyquist frequency: with 32 zero crossings the stop band begins right at it. */
const ROLLOFF = 0.92;
const DEFAULT_ZERO_CROSSINGS = 32;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Streaming sample-rate conversion of one channel by a windowed sinc, without aliasing and without delay: output sample
 * n stands at input time n · from / to.
 *
 * The filter's rows, one per phase, are computed when first needed, so that no ratio of rates costs a long computation
 * up front.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #cutoff: number;
  readonly #rows: (Float32Array | undefined)[];
  #history: Float32Array;
  /** Input samples pushed, output samples given. */
  #taken = 0;
  #given = 0;
  /** Input position of the next output sample: whole part relative to the history's start, and phase. */
  #whole = 0;
  #phase = 0;

  constructor(from: number, to: number, zeroCrossings: number = DEFAULT_ZERO_CROSSINGS) {
    const divisor = gcd(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    this.#cutoff = Math.min(1, to / from) * ROLLOFF;
    this.#half = Math.ceil(zeroCrossings * Math.max(1, from / to));
    this.#rows = Array.from({ length: this.#up });
    this.#history = new Float32Array(this.#half - 1);
  }

  /** Returns all output that the input so far determines. */
  push(input: Float32Array): Float32Array {
    this.#taken += input.length;
    return this.#convert(input, Infinity);
  }

  /** Returns the rest, so that the whole output has the input's length in time. */
  end(): Float32Array {
    const total = Math.round((this.#taken * this.#up) / this.#down);
    return this.#convert(new Float32Array(this.#half + 1), total - this.#given);
  }

  #convert(input: Float32Array, limit: number): Float32Array {
    const samples = new Float32Array(this.#history.length + input.length);
    samples.set(this.#history);
    samples.set(input, this.#history.length);
    const taps = 2 * this.#half;
    const room = Math.max(0, Math.ceil(((samples.length - this.#whole - taps + 1) * this.#up) / this.#down) + 1);
    const output = new Float32Array(Math.min(limit, room));
    let count = 0;
    // Local copies: this loop runs for every sample of every clip.
    const [up, down, last] = [this.#up, this.#down, samples.length - taps];
    let [whole, phase] = [this.#whole, this.#phase];
    while (count < output.length && whole <= last) {
      const row = this.#rows[phase] ?? this.#row(phase);
      // Two sums instead of one: an addition need not wait for the previous one.
      let [even, odd] = [0, 0];
      for (let tap = 0, at = whole; tap < taps; tap += 2, at += 2) {
        even += (row[tap] as number) * (samples[at] as number);
        odd += (row[tap + 1] as number) * (samples[at + 1] as number);
      }
      output[count] = even + odd;
      count += 1;
      phase += down;
      while (phase >= up) {
        phase -= up;
        whole += 1;
      }
    }
    this.#whole = whole;
    this.#phase = phase;
    this.#given += count;
    const used = Math.min(this.#whole, samples.length);
    this.#history = samples.slice(used);
    this.#whole -= used;
    return output.subarray(0, count);
  }

  #row(phase: number): Float32Array {
    const row = new Float32Array(2 * this.#half);
    let sum = 0;
    for (let tap = 0; tap < row.length; tap += 1) {
      const distance = phase / this.#up + this.#half - 1 - tap;
      const angle = Math.PI * this.#cutoff * distance;
      const weight = (angle === 0 ? 1 : Math.sin(angle) / angle) * kaiser(distance / this.#half);
      row[tap] = weight;
      sum += weight;
    }
    // Every phase passes a constant unchanged; else the ripple between phases would be audible as a tone.
    for (let tap = 0; tap < row.length; tap += 1) row[tap] = (row[tap] as number) / sum;
    this.#rows[phase] = row;
    return row;
  }
}
