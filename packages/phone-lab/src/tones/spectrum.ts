/** Powers at whole bins of a Hann window, by the fast Fourier transform. */
export class Spectrum {
  readonly #window: Float64Array;
  /** The samples as complex numbers: those of even index are real, those of odd index imaginary. */
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
    this.#real = new Float64Array(size / 2);
    this.#imaginary = new Float64Array(size / 2);
    this.#cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sines = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    this.#powers = new Float64Array(size / 2);
  }

  /** Powers of the window that begins at this sample, one for each bin; overwritten by the next call. */
  at(pcm: Int16Array, start: number): Float64Array {
    const [real, imaginary, window] = [this.#real, this.#imaginary, this.#window];
    for (let i = 0, sample = 0; i < real.length; i += 1, sample += 2) {
      real[i] = (pcm[start + sample] ?? 0) * (window[sample] ?? 0);
      imaginary[i] = (pcm[start + sample + 1] ?? 0) * (window[sample + 1] ?? 0);
    }
    this.#reorder();
    this.#transform();
    this.#untangle();
    return this.#powers;
  }

  /** Moves each number to the index whose bits are in reverse order. */
  #reorder(): void {
    const [real, imaginary] = [this.#real, this.#imaginary];
    for (let i = 1, j = 0; i < real.length; i += 1) {
      let bit = real.length >> 1;
      for (; j & bit; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i >= j) continue;
      const [re, im] = [real[i] ?? 0, imaginary[i] ?? 0];
      real[i] = real[j] ?? 0;
      imaginary[i] = imaginary[j] ?? 0;
      real[j] = re;
      imaginary[j] = im;
    }
  }

  #transform(): void {
    const [real, imaginary, cosines, sines] = [this.#real, this.#imaginary, this.#cosines, this.#sines];
    for (let half = 1; half < real.length; half *= 2) {
      // The tables are those of the window, which has twice as many samples.
      const stride = real.length / half;
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

  /** Puts the transforms of the even and of the odd samples together to that of all. */
  #untangle(): void {
    const [real, imaginary, powers] = [this.#real, this.#imaginary, this.#powers];
    for (let bin = 0; bin < powers.length; bin += 1) {
      const mirrored = bin === 0 ? 0 : powers.length - bin;
      const [re, im, mirroredRe, mirroredIm] = [
        real[bin] ?? 0,
        imaginary[bin] ?? 0,
        real[mirrored] ?? 0,
        imaginary[mirrored] ?? 0,
      ];
      const [cosine, sine] = [this.#cosines[bin] ?? 0, this.#sines[bin] ?? 0];
      const [oddRe, oddIm] = [(im + mirroredIm) / 2, (mirroredRe - re) / 2];
      const wholeRe = (re + mirroredRe) / 2 + cosine * oddRe + sine * oddIm;
      const wholeIm = (im - mirroredIm) / 2 + cosine * oddIm - sine * oddRe;
      powers[bin] = wholeRe ** 2 + wholeIm ** 2;
    }
  }
}
