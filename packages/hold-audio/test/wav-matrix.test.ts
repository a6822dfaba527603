import { expect, describe, test } from 'vitest';
import { SAMPLE_RATE } from '../src/source/clip.js';
import { decodeWav } from '../src/source/decode-wav.js';
import { A_LAW, MU_LAW } from '../src/wav/g711.js';
import { dataChunk, formatChunk, riff, type SampleFormat, sampleFormats, sine } from './support/make-wav.js';
import { frequencyOf, levelDb } from './support/measure.js';

const TONE = 1000;
const AMPLITUDE = 0.5;
const SECONDS = 0.4;

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Formats in which each sample may be off by so much that the level shows it at a tenth of a decibel. */
const coarse: ReadonlySet<SampleFormat> = new Set(['pcm8', 'a-law', 'mu-law']);

const cases = sampleFormats.flatMap((format) =>
  ([1, 2] as const).flatMap((channels) =>
    [8000, 16_000, 44_100, 48_000, 96_000].flatMap((sampleRate) =>
      [false, true].map((extensible) => ({ format, channels, sampleRate, extensible })),
    ),
  ),
);

describe('length, pitch and level survive', () => {
  test.each(cases)('$format, $channels channels, $sampleRate Hz, extensible: $extensible', async (recipe) => {
    const { extensible, ...file } = { ...recipe, seconds: SECONDS, signal: sine(TONE, AMPLITUDE) };
    const bytes = riff([formatChunk(file, extensible), dataChunk(file)]);
    const { samples } = await decodeWav(whole(bytes));
    expect(Math.abs(samples.length - SECONDS * SAMPLE_RATE)).toBeLessThanOrEqual(1);
    const inner = samples.subarray(2400, -2400);
    expect(Math.abs(frequencyOf(inner, SAMPLE_RATE) / TONE - 1)).toBeLessThan(0.005);
    const wanted = 20 * Math.log10(AMPLITUDE);
    expect(Math.abs(levelDb(inner) - wanted)).toBeLessThan(coarse.has(file.format) ? 0.5 : 0.05);
  });
});

/** The samples of these bytes, in units of 16 bit. */
const in16Bit = (table: Float32Array, bytes: number[]): number[] => bytes.map((byte) => (table[byte] ?? NaN) * 32_768);

/** The samples of all codes of one sign, from the quietest code to the loudest. */
const loudness = (table: Float32Array, unmask: number): number[] =>
  Array.from({ length: 128 }, (_, code) => table[(0x80 | code) ^ unmask] ?? NaN);

test('both laws of G.711 expand to the values of the standard', () => {
  // Silence, the smallest steps and the loudest, of either sign.
  expect(in16Bit(MU_LAW, [0xff, 0x7f, 0xfe, 0x7e, 0x80, 0x00])).toEqual([0, -0, 8, -8, 32_124, -32_124]);
  expect(in16Bit(A_LAW, [0xd5, 0x55, 0xd4, 0x54, 0xaa, 0x2a])).toEqual([8, -8, 24, -24, 32_256, -32_256]);
  // Within one sign, the louder the code the louder the sample: no segment is out of place.
  for (const rising of [loudness(A_LAW, 0x55), loudness(MU_LAW, 0x7f)]) {
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBe(128);
  }
});
