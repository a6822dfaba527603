import { expect } from 'vitest';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { loadClip } from '../../src/clip/load-clip.js';
import { encode } from './encode.js';
import { makeWav, sine } from './make-wav.js';
import { frequencyOf, levelDb } from './measure.js';

const [SECONDS, TONE] = [2, 440];
/** In a WAV: to be encoded. */
export const tone: Uint8Array = makeWav({ sampleRate: 44_100, channels: 2, seconds: SECONDS, signal: sine(TONE) });

/** The tone, encoded by ffmpeg to a file of this name by these arguments, is decoded at its pitch, level and length. */
export async function expectDecoded(name: string, args: string): Promise<void> {
  const bytes = await encode(tone, name, args);
  const limits = { ...clipLimitDefaults, decodeTimeoutMs: 110_000 };
  const { samples } = await loadClip({ kind: 'bytes', bytes }, limits);
  // Encoders pad: MP3 and AAC by up to two of their frames at each end.
  expect(Math.abs(samples.length / SAMPLE_RATE - SECONDS)).toBeLessThan(0.15);
  const middle = samples.subarray(SAMPLE_RATE / 2, SAMPLE_RATE * 1.5);
  expect(Math.abs(frequencyOf(middle, SAMPLE_RATE) - TONE)).toBeLessThan(2.2);
  expect(Math.abs(levelDb(middle) - -6)).toBeLessThan(0.6);
}
