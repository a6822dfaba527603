import { expect } from 'vitest';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { decodeWav } from '../../src/decode/decode-wav.js';
import { inPieces } from './damaged-wavs.js';
import { dataChunk, formatChunk, riff, type SampleFormat, sine } from './make-wav.js';
import { frequencyOf, levelDb } from './measure.js';

export const sampleRates = [8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] as const;

export interface WavKind {
  readonly format: SampleFormat;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Whether its format chunk is the longer one, which names the samples' format by a GUID. */
  readonly extensible: boolean;
}

const [TONE, AMPLITUDE, SECONDS] = [1000, 0.5, 0.4];

/** Formats in which each sample may be off by so much that the level shows it at a tenth of a decibel. */
const coarse: ReadonlySet<SampleFormat> = new Set(['pcm8', 'a-law', 'mu-law']);

/** A tone in a WAV of this kind keeps its length, pitch and level. */
export async function expectFaithful({ extensible, ...kind }: WavKind): Promise<void> {
  const recipe = { ...kind, seconds: SECONDS, signal: sine(TONE, AMPLITUDE) };
  const { samples } = await decodeWav(inPieces(riff([formatChunk(recipe, extensible), dataChunk(recipe)]), 4096));
  expect(Math.abs(samples.length - SECONDS * SAMPLE_RATE)).toBeLessThanOrEqual(1);
  // The ends of a tone that is cut off ring in any filter.
  const inner = samples.subarray(2400, -2400);
  expect(Math.abs(frequencyOf(inner, SAMPLE_RATE) - TONE)).toBeLessThan(1);
  const wanted = 20 * Math.log10(AMPLITUDE);
  expect(Math.abs(levelDb(inner) - wanted)).toBeLessThan(coarse.has(kind.format) ? 0.5 : 0.05);
}
