import { samplesIn } from '../tones/tone-generator.js';
import { dbfsToAmplitude } from '../tones/level.js';
import { NotchFilter } from './notch-filter.js';
import { VOICE_MARKS } from './voice-marks.js';

export interface MusicOptions {
  /** Level of each chord as it is struck. Default -20 dBFS. */
  readonly levelDbfs?: number;
}

/** Notes of four chords, as half tones above the A of 220 Hz. */
const chords = [
  [-9, 3, 7, 10],
  [-12, 0, 3, 7],
  [-4, -4 + 12, 3, 8],
  [-2, 2, 5, 10],
] as const;

const chordMs = 1200;
const [attackMs, releaseMs] = [30, 60];

/** Strengths of a note's harmonics. */
const harmonics = [1, 0.4, 0.2, 0.1];

/**
 * Music of a waiting queue: four chords in turn, each struck and dying away, with the mark bands taken out, so that it is
 * heard as no party. For `play()`.
 */
export function queueMusic(forMs: number, sampleRate: number, options: MusicOptions = {}): Int16Array {
  const peak = dbfsToAmplitude(options.levelDbfs ?? -20);
  const samples = new Float64Array(samplesIn(forMs, sampleRate));
  const length = samplesIn(chordMs, sampleRate);
  for (let start = 0, which = 0; start < samples.length; start += length, which += 1) {
    for (const halfTones of chords[which % chords.length] ?? []) {
      addNote(
        samples.subarray(start, start + length),
        (220 * 2 ** (halfTones / 12)) / sampleRate,
        peak / 4,
        sampleRate,
      );
    }
  }
  new NotchFilter(VOICE_MARKS, sampleRate).run(samples);
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
}

function addNote(samples: Float64Array, cycles: number, amplitude: number, sampleRate: number): void {
  for (let i = 0; i < samples.length; i += 1) {
    const ms = (i * 1000) / sampleRate;
    const left = ((samples.length - i) * 1000) / sampleRate;
    const envelope = Math.min(1, ms / attackMs, left / releaseMs) * Math.exp(-ms / 900);
    let sum = 0;
    for (const [at, strength] of harmonics.entries()) sum += strength * Math.sin(2 * Math.PI * cycles * (at + 1) * i);
    samples[i] = (samples[i] ?? 0) + amplitude * envelope * sum;
  }
}
