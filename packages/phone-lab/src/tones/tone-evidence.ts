import { SILENCE_DBFS } from './level.js';
import { Spectrum } from './spectrum.js';

/** A tone in one window. */
export interface ToneInWindow {
  /** A full-scale sine is 0. */
  readonly levelDbfs: number;
  /** Level that a tone would be given if there were only its surroundings. */
  readonly besideDbfs: number;
  /** How far the tone stands out of that. */
  readonly contrastDb: number;
  /** Level of everything in the window. */
  readonly allDbfs: number;
}

/**
 * A tone lies in the three bins nearest to it; these are the ones beside, in either direction. Half of them lie within the
 * ±60 Hz that the lab's own voices and music leave free around a mark, so that a voice does not drown a faint one.
 */
const besideBins = [2, 3, 4, 5];

/** The three nearest bins of a Hann window hold 1.5 times the power of a tone, wherever between them it lies. */
const toneShare = 1.5;

/** Samples this small are the noise of rounding, at -84 dBFS. */
const silentPeak = 2;

/** Only a tone this loud can have been clipped; less than where it clips, as a window may hold half of it. */
const clippedFromDbfs = -12;

/** Looks for tones in a window that is moved over samples; beyond their ends is silence. */
export class ToneEvidence {
  readonly #pcm: Int16Array;
  readonly #size: number;
  readonly #binHz: number;
  readonly #spectrum: Spectrum;
  #powers: Float64Array = new Float64Array();
  #allDbfs = SILENCE_DBFS;

  constructor(pcm: Int16Array, sampleRate: number, windowSamples: number) {
    this.#pcm = pcm;
    this.#size = windowSamples;
    this.#binHz = sampleRate / windowSamples;
    this.#spectrum = new Spectrum(windowSamples);
  }

  /** Whether anything but silence is in the window that begins at this sample. */
  moveTo(start: number): boolean {
    const inside = this.#pcm.subarray(Math.max(0, start), Math.max(0, start + this.#size));
    if (inside.every((sample) => Math.abs(sample) <= silentPeak)) return false;
    this.#powers = this.#spectrum.at(this.#pcm, start);
    this.#allDbfs = toDbfs(this.#powers.reduce((sum, power) => sum + power, 0) / toneShare);
    return true;
  }

  of(frequency: number): ToneInWindow {
    const bin = Math.round(frequency / this.#binHz);
    const levelDbfs = this.#levelAt(bin);
    const besideDbfs = toDbfs(2 * Math.max(this.#middleBeside(bin, 1), this.#middleBeside(bin, -1)));
    const contrast = levelDbfs - besideDbfs;
    const isHarmonic = contrast > 0 && this.#isHarmonicOfClippedTone(frequency, levelDbfs);
    return { levelDbfs, besideDbfs, contrastDb: isHarmonic ? 0 : contrast, allDbfs: this.#allDbfs };
  }

  #levelAt(bin: number): number {
    return toDbfs((this.#power(bin - 1) + this.#power(bin) + this.#power(bin + 1)) / toneShare);
  }

  /** Median of the bins on one side: another tone there has to be a loud one to reach it. */
  #middleBeside(bin: number, side: 1 | -1): number {
    const [, low = 0, high = 0] = besideBins.map((bins) => this.#power(bin + side * bins)).toSorted((a, b) => a - b);
    return (low + high) / 2;
  }

  #power(bin: number): number {
    return this.#powers[bin] ?? 0;
  }

  /** Harmonic k of a clipped tone is at least 20 log10(k) dB below it, as in a square wave. */
  #isHarmonicOfClippedTone(frequency: number, levelDbfs: number): boolean {
    if (this.#allDbfs < clippedFromDbfs) return false;
    for (let k = 2; k <= 9 && frequency / k >= 80; k += 1) {
      const fundamental = this.#levelAt(Math.round(frequency / k / this.#binHz));
      if (fundamental >= clippedFromDbfs && levelDbfs <= fundamental - 20 * Math.log10(k) + 1.5) return true;
    }
    return false;
  }
}

function toDbfs(power: number): number {
  return Math.max(10 * Math.log10(power + 1e-14), SILENCE_DBFS);
}
