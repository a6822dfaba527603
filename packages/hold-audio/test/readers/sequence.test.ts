import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { HoldAudio, HoldAudioError, type HoldAudioOptions, type ClipSequence, clipSequence } from '../../src/index.js';
import { SequenceReader } from '../../src/readers/sequence-reader.js';
import { SourceReader } from '../../src/readers/source-reader.js';
import { type PlayableSource, parseSource } from '../../src/source/parse-source.js';
import { type Clip, SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { loadWholeHoldMusic } from '../../src/clip/load-clip.js';
import { FakeHoldRoom, HOLD_MUSIC_FREQUENCIES } from '../../src/testing.js';
import { serve } from '../support/file-server.js';
import { makeWav, sine } from '../support/make-wav.js';
import { frequencyOf, levelDb, toneDb } from '../support/measure.js';
// Else a clip's first URL has it compiled by the test runner, within the stall limit of the clip beside it.
import '../../src/fetch/fetch-bytes.js';

const wav = (frequency: number, seconds: number): Uint8Array =>
  makeWav({ sampleRate: 48_000, seconds, signal: sine(frequency) });
const clipOf = (frequency: number, seconds: number): Clip => ({
  samples: Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => 16_384 * sine(frequency, 1)(i / SAMPLE_RATE)),
  seamless: false,
});
const missing = join(tmpdir(), 'hold-audio-none.wav');
const hold = (items: ClipSequence['items'], options: Partial<HoldAudioOptions> = {}): HoldAudio =>
  new HoldAudio({ room: new FakeHoldRoom(), source: clipSequence(items), fadeInMs: 0, fadeOutMs: 0, ...options });

function read(from: { read(into: Float32Array): void }, seconds: number): Float32Array {
  const heard = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  for (let at = 0; at < heard.length; at += 960) from.read(heard.subarray(at, at + 960));
  return heard;
}

const part = (heard: Float32Array, from: number, to: number): Float32Array =>
  heard.subarray(Math.round(from * SAMPLE_RATE), Math.round(to * SAMPLE_RATE));

test('the clips are heard in turn, each in full, with its interval and its volume, and then again', () => {
  const looped = vi.fn();
  const reader = new SequenceReader(
    [
      { clip: clipOf(400, 0.5), volume: 1, intervalMs: 250 },
      { clip: clipOf(1000, 0.3), volume: 0.5, intervalMs: 0 },
      { clip: clipOf(2000, 0.2), volume: 1, intervalMs: 100 },
    ],
    looped,
  );
  const round = 1.35;
  const heard = read(reader, 2 * round);
  expect(looped).toHaveBeenCalledTimes(2);
  for (const at of [0, round]) {
    const between = (from: number, to: number): Float32Array => part(heard, at + from, at + to);
    expect(frequencyOf(between(0.01, 0.49), SAMPLE_RATE)).toBeCloseTo(400, 0);
    expect(levelDb(between(0.01, 0.49))).toBeCloseTo(-6, 1);
    expect(between(0.5, 0.75).every((sample) => sample === 0)).toBe(true);
    expect(frequencyOf(between(0.76, 1.04), SAMPLE_RATE)).toBeCloseTo(1000, 0);
    expect(levelDb(between(0.76, 1.04))).toBeCloseTo(-12, 1);
    expect(frequencyOf(between(1.06, 1.24), SAMPLE_RATE)).toBeCloseTo(2000, 0);
    expect(between(1.25, 1.35).every((sample) => sample === 0)).toBe(true);
  }
});

test('no join has a step, also between clips that begin and end loud', () => {
  const loud: Clip = { samples: new Int16Array(9600).fill(20_000), seamless: false };
  const reader = new SequenceReader([{ clip: loud, volume: 1, intervalMs: 0 }], () => undefined);
  const heard = read(reader, 1);
  const step = heard.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (heard[i - 1] ?? 0))), 0);
  // A fade of 10 ms from silence to 20,000 rises by 65 a sample at the steepest.
  expect(step).toBeLessThan(100);
});

/** A reader that plays a sequence, once it is ready, and what failed meanwhile. */
async function readerOf(
  items: ClipSequence['items'],
  stallTimeoutMs: number,
): Promise<{ reader: SourceReader; codes: string[] }> {
  const codes: string[] = [];
  const reader = new SourceReader({
    source: parseSource(clipSequence(items)) as PlayableSource,
    sourceVolume: 1,
    startOffset: 0,
    limits: clipLimitDefaults,
    stallTimeoutMs,
    onSwitched: () => undefined,
    onLooped: () => undefined,
    onFailed: (error) => codes.push(error.code),
  });
  await reader.ready;
  return { reader, codes };
}

describe('one clip that cannot be played', () => {
  test('is replaced by the built-in one, reported once, and the others are heard', async () => {
    const { reader, codes } = await readerOf([wav(2000, 0.5), missing], 2000);
    expect(codes).toEqual(['source-missing']);
    // It is computed while it plays, but not as fast as this test reads.
    const { samples } = await loadWholeHoldMusic();
    const heard = read(reader, 41);
    reader.close();
    expect(toneDb(heard, 2000, SAMPLE_RATE, 0, 24_000)).toBeGreaterThan(-10);
    const music = (from: number): number =>
      Math.max(...HOLD_MUSIC_FREQUENCIES.map((note) => toneDb(heard, note, SAMPLE_RATE, from, from + 12_000)));
    for (const seconds of [1, 10, 38]) expect(music(seconds * SAMPLE_RATE)).toBeGreaterThan(-40);
    const again = 24_000 + samples.length;
    expect(toneDb(heard, 2000, SAMPLE_RATE, again, again + 24_000)).toBeGreaterThan(-10);
  });

  test('because its server is slow delays the others by the stall timeout at most', async () => {
    await using server = await serve(() => undefined);
    const startedAt = performance.now();
    const { reader, codes } = await readerOf([wav(2000, 0.2), { source: server.url }], 500);
    expect(performance.now() - startedAt).toBeLessThan(2500);
    expect(codes).toEqual(['source-stalled']);
    expect(toneDb(read(reader, 0.2), 2000, SAMPLE_RATE)).toBeGreaterThan(-10);
    reader.close();
  });
});

test('a sequence is played to a room, and counts its rounds', async () => {
  await using audio = hold([wav(400, 0.15), { source: wav(600, 0.1), intervalMs: 50 }]);
  const [failed, looped] = [vi.fn(), vi.fn()];
  audio.on('source-failed', failed).on('looped', looped);
  await audio.load();
  await audio.start();
  await vi.waitFor(() => expect(looped).toHaveBeenLastCalledWith({ times: 2 }), 5000);
  expect(failed).not.toHaveBeenCalled();
});

test('load() rejects a sequence if one clip cannot be played', async () => {
  await expect(hold([wav(400, 0.2), missing]).load()).rejects.toMatchObject({ code: 'source-missing' });
});

test('a stop while the clips are being loaded leaves nothing behind', async () => {
  await using server = await serve(() => undefined);
  const room = new FakeHoldRoom();
  const audio = hold([wav(400, 0.2), server.url], { room });
  const failed = vi.fn();
  audio.on('source-failed', failed);
  const starting = audio.start();
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  await audio.close();
  await starting;
  expect(room.published.size).toBe(0);
  expect(failed).not.toHaveBeenCalled();
});

describe('the constructor rejects by name', () => {
  test.each<[string, unknown, RegExp]>([
    ['nothing', [], /`source\.items` must be a list of at least 1/],
    ['no list', 'a.wav', /`source\.items` must be a list of at least 1/],
    ['a stream', ['a.wav', () => undefined], /`source\.items\[1\]` is a stream of frames; allowed in a sequence/],
    ['silence', [null], /`source\.items\[0\]` is null; allowed/],
    [
      'a negative interval',
      [{ source: 'a', intervalMs: -1 }],
      /items\[0\]\.intervalMs` must be .* 0 to 600000, not -1/,
    ],
    ['a volume that is no number', [{ source: 'a', volume: NaN }], /`source\.items\[0\]\.volume` must be .*, not NaN/],
  ])('%s', (_, items, message) => {
    const construct = (): HoldAudio => hold(items as ClipSequence['items']);
    expect(construct).toThrow(HoldAudioError);
    expect(construct).toThrow(message);
  });
});
