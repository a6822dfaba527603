import { describe, expect, test } from 'vitest';
import { HoldAudioError } from '../src/hold-audio-error.js';
import { type Clip, SAMPLE_RATE } from '../src/source/clip.js';
import { decodeWav } from '../src/source/decode-wav.js';
import { dataChunk, formatChunk, makeWav, riff, sine, type WavRecipe } from './support/make-wav.js';
import { frequencyOf, levelDb, toneDb } from './support/measure.js';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const decode = (bytes: Uint8Array, pieceBytes = 4096): Promise<Clip> => decodeWav(inPieces(bytes, pieceBytes));

const codeOf = async (bytes: Uint8Array): Promise<string> => {
  const error: unknown = await decode(bytes).catch((cause: unknown) => cause);
  return HoldAudioError.isInstance(error) ? error.code : `not refused: ${String(error)}`;
};

const recipe: WavRecipe = { sampleRate: 16_000, seconds: 0.5, signal: sine(440) };

describe.each([8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])('a WAV at %i Hz', (sampleRate) => {
  test.each(['pcm16', 'float32'] as const)('of %s keeps length, pitch and level, mono and stereo', async (format) => {
    for (const channels of [1, 2] as const) {
      const { samples } = await decode(makeWav({ sampleRate, channels, format, seconds: 1, signal: sine(1000) }));
      expect(Math.abs(samples.length - SAMPLE_RATE)).toBeLessThanOrEqual(1);
      // The ends of a tone that is cut off ring in any filter.
      const inner = samples.subarray(4800, -4800);
      expect(Math.abs(frequencyOf(inner, SAMPLE_RATE) - 1000)).toBeLessThan(1);
      expect(Math.abs(levelDb(inner) - levelDb(inner.map((_, i) => 16_384 * sine(1000, 1)(i / 48_000))))).toBeLessThan(
        0.1,
      );
    }
  });
});

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

test('stereo is mixed to mono: opposite channels cancel, like ones keep their level', async () => {
  const mono = makeWav({ ...recipe, channels: 2 });
  const view = new DataView(mono.buffer);
  for (let at = 46; at < mono.length; at += 4) view.setInt16(at, -view.getInt16(at - 2, true), true);
  expect(levelDb((await decode(mono)).samples)).toBeLessThan(-80);
});

test('pieces of any size give the same samples', async () => {
  const bytes = makeWav({ ...recipe, channels: 2, format: 'float32' });
  const whole = await decode(bytes, bytes.length);
  for (const size of [1, 3, 7, 1000]) expect((await decode(bytes, size)).samples).toEqual(whole.samples);
});

describe('chunks', () => {
  const [format, data] = [formatChunk(recipe), dataChunk(recipe)];
  const plain = decode(riff([format, data]));
  const odd = { name: 'LIST', body: new Uint8Array([1, 2, 3]) };
  test.each([
    ['an extensible format', riff([formatChunk(recipe, true), data])],
    ['data ahead of the format', riff([data, format])],
    ['chunks between, of odd length with padding', riff([odd, format, odd, data, odd])],
    [
      'chunks of odd length without padding',
      riff([{ ...odd, unpadded: true }, format, { ...odd, unpadded: true }, data]),
    ],
    ['the sizes of a stream that was never closed, all zero', riff([format, { ...data, claims: 0 }], 0)],
    [
      'the sizes of a stream that was never closed, all ones',
      riff([format, { ...data, claims: 0xffff_ffff }], 0xffff_ffff),
    ],
    ['a data size beyond the end of the file', riff([format, { ...data, claims: data.body.length + 5000 }])],
  ])('with %s decode to the same samples', async (_, bytes) => {
    expect((await decode(bytes)).samples).toEqual((await plain).samples);
  });
});

describe('refused by name', () => {
  const format = formatChunk(recipe);
  const patched = (at: number, value: number): Uint8Array => {
    const body = Buffer.from(format.body);
    body.writeUInt16LE(value, at);
    return riff([{ ...format, body }, dataChunk(recipe)]);
  };
  test.each([
    ['no WAV at all', new TextEncoder().encode('ID3 and then an MP3'), 'source-unsupported'],
    ['nothing', new Uint8Array(0), 'source-unsupported'],
    ['24-bit samples', patched(14, 24), 'source-unsupported'],
    ['A-law', patched(0, 6), 'source-unsupported'],
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

  test('more than ten minutes', async () => {
    const seconds = new Uint8Array(48_000 * 2 * 10);
    const header = makeWav({ sampleRate: 48_000, seconds: 0, signal: sine(1) });
    new DataView(header.buffer).setUint32(40, 0xffff_ffff, true);
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield header;
      for (;;) yield seconds;
    }
    await expect(decodeWav(endless())).rejects.toMatchObject({ code: 'source-too-large' });
  });
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

test('2,000 damaged files decode or are refused; none crashes or hangs', async () => {
  const clean = riff([
    formatChunk(recipe),
    { name: 'LIST', body: new Uint8Array(9) },
    dataChunk({ ...recipe, seconds: 0.12 }),
  ]);
  let seed = 1;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const codes = new Set<string>();
  for (let round = 0; round < 2000; round += 1) {
    const bytes = clean.slice(0, random(3) === 0 ? random(clean.length) : clean.length);
    for (let change = random(6); change >= 0; change -= 1) bytes[random(Math.min(bytes.length, 80))] = random(256);
    codes.add(await codeOf(bytes));
  }
  const known = ['source-corrupt', 'source-unsupported', 'source-empty', 'not refused: [object Object]'];
  expect([...codes].filter((code) => !known.includes(code))).toEqual([]);
  expect(codes.size).toBe(known.length);
}, 60_000);
