import { amplitudeAt, windowed } from './amplitude-at.js';
import { amplitudeToDbfs } from './level.js';

export interface DetectTonesOptions {
  /** Quieter tones do not count. Default -45 dBFS. */
  readonly minLevelDbfs?: number;
  /** How far a tone must stand out from the frequencies beside it. Default 14 dB: loud noise reaches it in one of some 1500 windows. */
  readonly minContrastDb?: number;
}

const detectTonesDefaults: Readonly<Required<DetectTonesOptions>> = Object.freeze({
  minLevelDbfs: -45,
  minContrastDb: 14,
});

export interface DetectedTone {
  /** Hz, as asked for. */
  readonly frequency: number;
  /** Level of the tone; a full-scale sine is 0. */
  readonly levelDbfs: number;
}

/** Distances, in bins of 1/length, at which a Hann window leaves less than -30 dB of a steady tone. */
const besideInBins = [2.5, 3.5, 4.5, 5.5];

/** Only a fundamental this loud can have been clipped. */
const clippedFromDbfs = -6;

/**
 * Which of the frequencies sound in the samples, taken as one window.
 *
 * Use 60 ms or more, and frequencies at least 100 Hz apart of which none is a multiple of another: the odd and even
 * harmonics that clipping adds to a tone louder than -6 dBFS are not taken for tones of their own.
 */
export function detectTones(
  pcm: Int16Array,
  sampleRate: number,
  frequencies: readonly number[],
  options: DetectTonesOptions = {},
): DetectedTone[] {
  return pcm.length === 0 ? [] : detectTonesIn(windowed(pcm), sampleRate, frequencies, options);
}

/** The same for samples that are under their window already. */
export function detectTonesIn(
  samples: Float64Array,
  sampleRate: number,
  frequencies: readonly number[],
  options: DetectTonesOptions = {},
): DetectedTone[] {
  const { minLevelDbfs, minContrastDb } = { ...detectTonesDefaults, ...options };
  const binHz = sampleRate / samples.length;
  const levelAt = (frequency: number): number => amplitudeToDbfs(amplitudeAt(samples, sampleRate, frequency));

  return frequencies.flatMap((frequency) => {
    const level = levelAt(frequency);
    if (level < minLevelDbfs) return [];
    const beside = besideInBins.flatMap((bins) => [
      levelAt(frequency - bins * binHz),
      levelAt(frequency + bins * binHz),
    ]);
    if (level - median(beside) < minContrastDb) return [];
    if (isHarmonicOfClippedTone(frequency, level, levelAt)) return [];
    return [{ frequency, levelDbfs: level }];
  });
}

/** Unlike the mean it does not mind another tone beside this one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Harmonic k of a clipped tone is at least 20 log10(k) dB below it, as in a square wave. */
function isHarmonicOfClippedTone(frequency: number, level: number, levelAt: (frequency: number) => number): boolean {
  for (let k = 2; k <= 9 && frequency / k >= 80; k += 1) {
    const fundamental = levelAt(frequency / k);
    if (fundamental >= clippedFromDbfs && level <= fundamental - 20 * Math.log10(k) + 1.5) return true;
  }
  return false;
}
