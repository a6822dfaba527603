import { dbfsToAmplitude } from './level.js';

export interface ToneOptions {
  /** Level of each frequency. Default -20 dBFS. */
  readonly levelDbfs?: number;
  /** Fade at both ends, so that nothing clicks. Default 10 ms. */
  readonly rampMs?: number;
}

export const toneDefaults: Readonly<Required<ToneOptions>> = Object.freeze({ levelDbfs: -20, rampMs: 10 });

/** An endless sum of sines, drawn piece by piece without a seam. */
export class ToneGenerator {
  readonly #frequencies: readonly number[];
  readonly #sampleRate: number;
  readonly #peak: number;
  #position = 0;

  constructor(frequencies: readonly number[], sampleRate: number, options: ToneOptions = {}) {
    this.#frequencies = frequencies;
    this.#sampleRate = sampleRate;
    this.#peak = dbfsToAmplitude(options.levelDbfs ?? toneDefaults.levelDbfs) * 32_767;
  }

  /** The next samples; clipped where the sum exceeds full scale. */
  next(samples: number): Int16Array {
    const pcm = new Int16Array(samples);
    for (let i = 0; i < samples; i += 1) {
      const time = (this.#position + i) / this.#sampleRate;
      let sum = 0;
      for (const frequency of this.#frequencies) sum += Math.sin(2 * Math.PI * frequency * time);
      pcm[i] = clampToInt16(sum * this.#peak);
    }
    this.#position += samples;
    return pcm;
  }
}

/** A sum of sines with soft ends. */
export function toneBurst(
  frequencies: readonly number[],
  durationMs: number,
  sampleRate: number,
  options: ToneOptions = {},
): Int16Array {
  const pcm = new ToneGenerator(frequencies, sampleRate, options).next(samplesIn(durationMs, sampleRate));
  return softenEnds(pcm, samplesIn(options.rampMs ?? toneDefaults.rampMs, sampleRate));
}

/** Fades both ends of the samples in place and returns them. */
export function softenEnds(pcm: Int16Array, rampSamples: number): Int16Array {
  const ramp = Math.min(rampSamples, Math.floor(pcm.length / 2));
  for (let i = 0; i < ramp; i += 1) {
    const gain = (1 - Math.cos((Math.PI * (i + 0.5)) / ramp)) / 2;
    const last = pcm.length - 1 - i;
    pcm[i] = Math.round((pcm[i] ?? 0) * gain);
    pcm[last] = Math.round((pcm[last] ?? 0) * gain);
  }
  return pcm;
}

/** Sum of pieces that all start at the first sample; as long as the longest, clipped to 16 bit. */
export function mixPcm(...pieces: readonly Int16Array[]): Int16Array {
  const pcm = new Int16Array(Math.max(0, ...pieces.map((piece) => piece.length)));
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i += 1) pcm[i] = clampToInt16((pcm[i] ?? 0) + (piece[i] ?? 0));
  }
  return pcm;
}

/** Pieces one after another. */
export function joinPcm(...pieces: readonly Int16Array[]): Int16Array {
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return pcm;
}

export function silencePcm(durationMs: number, sampleRate: number): Int16Array {
  return new Int16Array(samplesIn(durationMs, sampleRate));
}

export function samplesIn(durationMs: number, sampleRate: number): number {
  return Math.round((durationMs * sampleRate) / 1000);
}

function clampToInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}
