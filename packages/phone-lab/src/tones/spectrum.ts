/** Powers at whole bins of a Hann window, by the fast Fourier transform. */
export class Spectrum {
  readonly #window: Float64Array;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #powers: Float64Array;

  /** The window's length in samples is a power of two. */
  constructor(size: number) {
    // Scaled such that a steady full-scale sine has a power of 1 at its bin.
    this.#window = Float64Array.from(
      { length: size },
      (_, i) => ((1 - Math.cos((2 * Math.PI * (i + 0.5)) / size)) * 2) / size / 32_768,
    );
    this.#real = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
    this.#cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sines = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    this.#powers = new Float64Array(size / 2);
  }

  /** Powers of the window that begins at this sample, one for each bin; overwritten by the next call. */
  at(pcm: Int16Array, start: number): Float64Array {
    const [real, imaginary, window, powers] = [this.#real, this.#imaginary, this.#window, this.#powers];
    for (let i = 0; i < window.length; i += 1) real[i] = (pcm[start + i] ?? 0) * (window[i] ?? 0);
    imaginary.fill(0);
    this.#reorder();
    this.#transform();
    for (let bin = 0; bin < powers.length; bin += 1) powers[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
    return powers;
  }

  /** Moves each sample, while all are real, to the index whose bits are in reverse order. */
  #reorder(): void {
    const real = this.#real;
    for (let i = 1, j = 0; i < real.length; i += 1) {
      let bit = real.length >> 1;
      for (; j & bit; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i >= j) continue;
      const sample = real[i] ?? 0;
      real[i] = real[j] ?? 0;
      real[j] = sample;
    }
  }

  #transform(): void {
    const [real, imaginary, cosines, sines] = [this.#real, this.#imaginary, this.#cosines, this.#sines];
    for (let half = 1; half < real.length; half *= 2) {
      const stride = real.length / (2 * half);
      for (let start = 0; start < real.length; start += 2 * half) {
        for (let low = start, turn = 0; low < start + half; low += 1, turn += stride) {
          const high = low + half;
          const [cosine, sine] = [cosines[turn] ?? 0, sines[turn] ?? 0];
          const [re, im] = [real[high] ?? 0, imaginary[high] ?? 0];
          const turnedRe = re * cosine + im * sine;
          const turnedIm = im * cosine - re * sine;
          real[high] = (real[low] ?? 0) - turnedRe;
          imaginary[high] = (imaginary[low] ?? 0) - turnedIm;
          real[low] = (real[low] ?? 0) + turnedRe;
          imaginary[low] = (imaginary[low] ?? 0) + turnedIm;
        }
      }
    }
  }
}
