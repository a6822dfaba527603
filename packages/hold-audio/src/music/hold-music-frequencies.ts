import { noteFrequency } from './note-frequency.js';
import { bass, keys, melody, pad } from './score.js';

/**
 * The fundamentals in Hz of all notes of the built-in clip, ascending. At any moment some of them sound, and nothing of
 * the clip lies above 1.35 kHz, so that a test can distinguish it from tones above.
 */
export const HOLD_MUSIC_FREQUENCIES: readonly number[] = Object.freeze(
  [...new Set([...pad, ...bass, ...keys, ...melody].map((note) => note.midi))]
    .sort((a, b) => a - b)
    .map((midi) => noteFrequency(midi)),
);

/** The audible frequencies of the built-in clip, in Hz. */
export const HOLD_MUSIC_BAND: readonly [from: number, to: number] = [100, 1350];
