import { describe, expect, test } from 'vitest';
import { type Clip, SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { decodeWav } from '../../src/decode/decode-wav.js';
import { inPieces, resultOf } from '../support/damaged-wavs.js';
import { expectFaithful, sampleRates } from '../support/faithful-wav.js';
import {
  bigEndian,
  dataChunk,
  formatChunk,
  makeWav,
  riff,
  sampleFormats,
  sine,
  type WavRecipe,
} from '../support/make-wav.js';
import { levelDb, toneDb } from '../support/measure.js';

const decode = (bytes: Uint8Array, pieceBytes = 4096): Promise<Clip> => decodeWav(inPieces(bytes, pieceBytes));

const codeOf = (bytes: Uint8Array): Promise<string> => resultOf(bytes, 4096);

const recipe: WavRecipe = { sampleRate: 16_000, seconds: 0.5, signal: sine(440) };

/** 16-bit samples, in the upper half of four bytes each. */
function widened(samples: Uint8Array): Uint8Array {
  const wide = new Uint8Array(samples.length * 2);
  for (let at = 0; at < samples.length; at += 2) wide.set(samples.subarray(at, at + 2), at * 2 + 2);
  return wide;
}

/** Returns the first index at which two clips differ; -1 if there is none. */
function differenceOf(a: Clip, b: Clip): number {
  if (a.samples.length !== b.samples.length) return Math.min(a.samples.length, b.samples.length);
  return a.samples.findIndex((sample, at) => sample !== b.samples[at]);
}

// Every format and every sample rate once, in turn mono and stereo.
test.each(
  sampleFormats.flatMap((format, i) => ({
    format,
    sampleRate: sampleRates[i] as number,
    channels: i % 2 === 0 ? (2 as const) : (1 as const),
    extensible: i % 3 === 0,
  })),
)('a WAV of $format at $sampleRate Hz, channels: $channels, keeps length, pitch and level', expectFaithful);

test('a 20 kHz tone in a 96 kHz file survives, a 30 kHz tone does not come back as another', async () => {
  const kept = await decode(makeWav({ sampleRate: 96_000, seconds: 1, signal: sine(20_000) }));
  expect(toneDb(kept.samples, 20_000, SAMPLE_RATE)).toBeGreaterThan(-7);
  const gone = await decode(makeWav({ sampleRate: 96_000, seconds: 1, signal: sine(30_000) }));
  expect(levelDb(gone.samples.subarray(4800, -4800))).toBeLessThan(-70);
});

test('an 8 kHz file gets no images of its tones above 4 kHz', async () => {
  const { samples } = await decode(makeWav({ sampleRate: 8000, seconds: 1, signal: sine(3000) }));
  expect(toneDb(samples, 3000, SAMPLE_RATE)).toBeGreaterThan(-6.5);
  expect(toneDb(samples, 5000, SAMPLE_RATE)).toBeLessThan(-70);
});

test('stereo is mixed to mono: like channels keep their level, and opposite ones, which cancel, are rejected', async () => {
  const stereo = makeWav({ ...recipe, channels: 2 });
  expect(toneDb((await decode(stereo)).samples, 440, SAMPLE_RATE)).toBeGreaterThan(-6.5);
  const view = new DataView(stereo.buffer);
  for (let at = 46; at < stereo.length; at += 4) view.setInt16(at, -view.getInt16(at - 2, true), true);
  await expect(decode(stereo)).rejects.toMatchObject({ code: 'source-corrupt', message: /cancel each other/ });
});

test('pieces of any size decode to the same samples', async () => {
  const bytes = makeWav({ ...recipe, seconds: 0.15, channels: 2, format: 'float32' });
  const whole = await decode(bytes, bytes.length);
  for (const size of [1, 3, 7, 1000]) expect(differenceOf(await decode(bytes, size), whole)).toBe(-1);
});

describe('a WAV', () => {
  const [format, data] = [formatChunk(recipe), dataChunk(recipe)];
  const plain = decode(riff([format, data]));
  const odd = { name: 'LIST', body: new Uint8Array([1, 2, 3]) };
  const longFormat = Buffer.concat([format.body, new Uint8Array(2000)]);
  // 24 bits in four bytes.
  const wider = { name: 'fmt ', body: Buffer.from(format.body) };
  wider.body.writeUInt16LE(4, 12);
  wider.body.writeUInt16LE(24, 14);
  test.each([
    ['an extensible format', riff([formatChunk(recipe, true), data])],
    [
      'fact, cue and LIST chunks around',
      riff([
        { name: 'fact', body: new Uint8Array(4) },
        format,
        { name: 'cue ', body: new Uint8Array(28) },
        data,
        { name: 'LIST', body: new Uint8Array(26) },
      ]),
    ],
    ['data ahead of the format', riff([data, format])],
    ['chunks between, of odd length with padding', riff([odd, format, odd, data, odd])],
    [
      'chunks of odd length without padding',
      riff([{ ...odd, unpadded: true }, format, { ...odd, unpadded: true }, data]),
    ],
    ['chunks of odd length padded by something else', riff([{ ...odd, pad: 0x20 }, format, { ...odd, pad: 1 }, data])],
    ['a format chunk of two kilobytes', riff([{ name: 'fmt ', body: longFormat }, data])],
    ['samples in the upper bytes of larger ones', riff([wider, { name: 'data', body: widened(data.body) }])],
    ['the numbers of other machines', bigEndian(recipe)],
    ['the sizes of a stream that was never closed, all zero', riff([format, { ...data, claims: 0 }], 0)],
    [
      'the sizes of a stream that was never closed, all ones',
      riff([format, { ...data, claims: 0xffff_ffff }], 0xffff_ffff),
    ],
    ['the sizes of an empty file, which a stream was to correct', riff([format, { ...data, claims: 0 }], 36)],
    ['the greatest positive size', riff([format, { ...data, claims: 0x7fff_ffff }], 0x7fff_ffff)],
    ['a RIFF size that ends too early', riff([format, data], 100)],
    ['a data size beyond the end of the file', riff([format, { ...data, claims: data.body.length + 5000 }])],
  ])('with %s decodes to the same samples', async (_, bytes) => {
    expect(differenceOf(await decode(bytes), await plain)).toBe(-1);
  });
});

describe('a WAV is rejected by name that has', () => {
  const format = formatChunk(recipe);
  const patched = (at: number, value: number): Uint8Array => {
    const body = Buffer.from(format.body);
    body.writeUInt16LE(value, at);
    return riff([{ ...format, body }, dataChunk(recipe)]);
  };
  test.each([
    ['no WAV at all', new TextEncoder().encode('ID3 and then an MP3'), 'source-unsupported'],
    ['nothing', new Uint8Array(0), 'source-unsupported'],
    ['40-bit samples', patched(14, 40), 'source-unsupported'],
    ['A-law of 16 bits', patched(0, 6), 'source-unsupported'],
    ['64-bit float', patched(0, 3), 'source-unsupported'],
    ['ADPCM', patched(0, 0x11), 'source-unsupported'],
    ['an extensible format without its extension', patched(0, 0xfffe), 'source-corrupt'],
    ['six channels', patched(2, 6), 'source-unsupported'],
    ['4 kHz', patched(4, 4000), 'source-unsupported'],
    ['no format', riff([dataChunk(recipe)]), 'source-corrupt'],
    ['no data', riff([format]), 'source-corrupt'],
    ['a format of eight bytes', riff([{ name: 'fmt ', body: new Uint8Array(8) }]), 'source-corrupt'],
    ['half a header', makeWav(recipe).subarray(0, 30), 'source-corrupt'],
    ['no samples', makeWav({ ...recipe, seconds: 0 }), 'source-empty'],
    ['50 ms', makeWav({ ...recipe, seconds: 0.05 }), 'source-empty'],
  ])('%s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  test('more than is allowed, however much it claims to be', async () => {
    const endless = makeWav({ ...recipe, seconds: 2 });
    new DataView(endless.buffer).setUint32(40, 0xffff_ffff, true);
    const limits = { ...clipLimitDefaults, maxSourceMs: 1500 };
    await expect(decodeWav(inPieces(endless, 4096), limits)).rejects.toMatchObject({ code: 'source-too-large' });
  });
});

test('samples of 20 bits in three bytes are those of 24 bits', async () => {
  const file: WavRecipe = { ...recipe, format: 'pcm24' };
  const format = formatChunk(file);
  const narrow = Buffer.from(format.body);
  narrow.writeUInt16LE(20, 14);
  const clip = await decode(riff([{ ...format, body: narrow }, dataChunk(file)]));
  expect(differenceOf(clip, await decode(riff([format, dataChunk(file)])))).toBe(-1);
});

test('a data chunk of no bytes within a longer file is empty, not endless', async () => {
  const notes = { name: 'LIST', body: new Uint8Array(20_000).fill(65) };
  expect(await codeOf(riff([formatChunk(recipe), { name: 'data', body: new Uint8Array(0) }, notes]))).toBe(
    'source-empty',
  );
});

test('a float file with values that are no numbers or far too loud decodes to numbers in range', async () => {
  const wild = [NaN, Infinity, -Infinity, 1e30, -3];
  const bytes = makeWav({
    ...recipe,
    format: 'float32',
    signal: (seconds) => wild[Math.round(seconds * 16_000) % 5] ?? 0,
  });
  const { samples } = await decode(bytes);
  expect(samples).toHaveLength(24_000);
});
