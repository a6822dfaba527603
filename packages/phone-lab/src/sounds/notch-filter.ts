/** Half of the width of a notch, Hz: beyond it lie the frequencies with which an ear compares a mark. */
const halfWidthHz = 60;

/**
 * The zeros of the sections of one notch, as parts of its half width: four zeros spread over the
 * band reject all of it by 30 dB or more, where a single notch would reject only its center.
 */
const sections = [-0.8, -0.27, 0.27, 0.8];

interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly a2: number;
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

/** Takes bands of ±60 Hz around some frequencies out of samples that come piece by piece. */
export class NotchFilter {
  readonly #sections: readonly Section[];

  constructor(frequencies: readonly number[], sampleRate: number) {
    this.#sections = frequencies.flatMap((frequency) =>
      sections.map((part) => sectionAt(frequency + part * halfWidthHz, sampleRate)),
    );
  }

  /** Filters the samples in place and returns them. */
  run(samples: Float64Array): Float64Array {
    for (const section of this.#sections) {
      const { b0, b1, a2 } = section;
      let { x1, x2, y1, y2 } = section;
      for (let i = 0; i < samples.length; i += 1) {
        const x = samples[i] ?? 0;
        const y = b0 * (x + x2) + b1 * (x1 - y1) - a2 * y2;
        [x2, x1, y2, y1] = [x1, x, y1, y];
        samples[i] = y;
      }
      Object.assign(section, { x1, x2, y1, y2 });
    }
    return samples;
  }
}

/** A notch of second order (Bristow-Johnson) as wide as the whole band. */
function sectionAt(frequency: number, sampleRate: number): Section {
  const omega = (2 * Math.PI * frequency) / sampleRate;
  const alpha = Math.sin(omega) * (halfWidthHz / frequency);
  const a0 = 1 + alpha;
  return { b0: 1 / a0, b1: (-2 * Math.cos(omega)) / a0, a2: (1 - alpha) / a0, x1: 0, x2: 0, y1: 0, y2: 0 };
}
