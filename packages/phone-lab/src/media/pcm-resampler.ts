/** Taps on each side of a sample, before the filter is stretched for a lower rate. */
const halfTaps = 8;

/**
 * Brings mono samples to another rate, piece by piece without a seam: a sinc under a Hann window, one set of taps for each
 * phase between the two rates.
 */
export class PcmResampler {
  readonly #from: number;
  readonly #to: number;
  readonly #half: number;
  readonly #phases: readonly Float64Array[];
  /** Input from sample `#start` on; what came before the first one is silence. */
  #held: Int16Array;
  #start: number;
  /** Output samples so far. */
  #given = 0;

  constructor(from: number, to: number) {
    const divisor = greatestDivisor(from, to);
    [this.#from, this.#to] = [from / divisor, to / divisor];
    const cutoff = Math.min(1, to / from);
    this.#half = Math.ceil(halfTaps / cutoff);
    this.#phases =
      from === to ? [] : Array.from({ length: this.#to }, (_, i) => tapsOf(i / this.#to, this.#half, cutoff));
    this.#start = -this.#half;
    this.#held = new Int16Array(this.#half);
  }

  /** Resamples a piece; its last few samples follow with the next piece or the end. */
  push(piece: Int16Array): Int16Array {
    if (this.#phases.length === 0) return piece;
    const input = new Int16Array(this.#held.length + piece.length);
    input.set(this.#held);
    input.set(piece, this.#held.length);
    const end = this.#start + input.length;
    const output = new Int16Array(
      Math.max(0, Math.floor(((end - this.#half) * this.#to - 1) / this.#from) + 1 - this.#given),
    );
    for (let i = 0; i < output.length; i += 1) output[i] = this.#sample(input, this.#given + i);
    this.#given += output.length;
    const needed = Math.floor((this.#given * this.#from) / this.#to) - this.#half + 1;
    this.#held = input.slice(Math.max(0, needed - this.#start));
    this.#start = end - this.#held.length;
    return output;
  }

  /** The rest. */
  end(): Int16Array {
    return this.push(new Int16Array(this.#phases.length === 0 ? 0 : this.#half));
  }

  #sample(input: Int16Array, index: number): number {
    const position = index * this.#from;
    const first = Math.floor(position / this.#to) - this.#half + 1 - this.#start;
    const taps = this.#phases[position % this.#to] ?? new Float64Array();
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap += 1) sum += (taps[tap] ?? 0) * (input[first + tap] ?? 0);
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
}

function tapsOf(fraction: number, half: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * half }, (_, i) => {
    const distance = i - half + 1 - fraction;
    const x = Math.PI * cutoff * distance;
    return (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / half));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
