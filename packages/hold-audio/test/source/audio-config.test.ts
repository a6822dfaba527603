import type { AudioFrame } from '@livekit/rtc-node';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AudioConfig, HoldAudio, HoldAudioError, type HoldSource } from '../../src/index.js';
import { SourceReader, type SourceReaderOptions } from '../../src/readers/source-reader.js';
import { agentsClipPath } from '../../src/source/agents-clip.js';
import { parseSource } from '../../src/source/parse-source.js';
import { chooseSource } from '../../src/play/choose-source.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { makeWav, sine } from '../support/make-wav.js';
import { levelDb } from '../support/measure.js';

const tone = makeWav({ sampleRate: 48_000, seconds: 0.3, signal: sine(440) });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

const hold = (source: HoldSource): HoldAudio => new HoldAudio({ room: new FakeHoldRoom(), source });

/** What a start plays if chance says so; the path of a file, or the kind of anything else. */
function chosen(source: readonly AudioConfig[], random: number): string {
  const { source: picked } = chooseSource(parseSource(source), () => random);
  return picked.kind === 'file' ? picked.path : picked.kind;
}

describe('the choice from a list', () => {
  const a: AudioConfig = { source: 'a' };
  const b: AudioConfig = { source: 'b' };

  test('is equally likely for each item without weights', () => {
    expect([0, 0.49, 0.51, 0.9999].map((random) => chosen([a, b], random))).toEqual(['a', 'a', 'b', 'b']);
  });

  test('takes weights beyond 1 for shares', () => {
    const list = [
      { ...a, probability: 6 },
      { ...b, probability: 2 },
    ];
    expect([0, 0.74, 0.76, 0.9999].map((random) => chosen(list, random))).toEqual(['a', 'a', 'b', 'b']);
  });

  test('takes weights below 1 for chances, with the rest for the built-in clip, never silence', () => {
    const list = [
      { ...a, probability: 0.2 },
      { ...b, probability: 0.3 },
    ];
    expect([0, 0.19, 0.21, 0.49, 0.51, 0.9999].map((random) => chosen(list, random))).toEqual([
      'a',
      'a',
      'b',
      'b',
      'builtin',
      'builtin',
    ]);
  });

  test('never is an item of weight zero, and is the built-in clip when all weights are zero', () => {
    expect(chosen([{ ...a, probability: 0 }, b], 0)).toBe('b');
    expect(chosen([b, { ...a, probability: 0 }], 1 - Number.EPSILON)).toBe('b');
    expect(chosen([{ ...a, probability: 0 }], 0)).toBe('builtin');
  });

  test('leaves nothing to the built-in clip with ten tenths', () => {
    const tenths = Array.from({ length: 10 }, () => ({ ...a, probability: 0.1 }));
    expect(chosen(tenths, 1 - Number.EPSILON)).toBe('a');
  });
});

test('a configuration alone is always played, whatever its probability', () => {
  const checked = parseSource({ source: 'a', volume: 0.5, probability: 0 });
  expect(chooseSource(checked, () => 0.99)).toMatchObject({ source: { kind: 'file', path: 'a' }, volume: 0.5 });
});

/** Level of a reader's first 200 ms. */
const levelOf = async (options: Partial<SourceReaderOptions>): Promise<number> => {
  const reader = new SourceReader({
    source: { kind: 'bytes', bytes: tone },
    sourceVolume: 1,
    startOffset: 0,
    limits: clipLimitDefaults,
    stallTimeoutMs: 2000,
    onSwitched: () => undefined,
    onLooped: () => undefined,
    onFailed: () => undefined,
    ...options,
  });
  await reader.ready;
  const heard = new Float32Array(9600);
  reader.read(heard);
  reader.close();
  return levelDb(heard);
};

describe('the volume of a configuration', () => {
  test('applies to its source', async () => {
    expect((await levelOf({ sourceVolume: 0.25 })) - (await levelOf({}))).toBeCloseTo(-12.04, 1);
  });

  test('does not apply to the built-in clip in its place', async () => {
    const missing: Partial<SourceReaderOptions> = { source: { kind: 'file', path: join(folder, 'none.wav') } };
    expect(await levelOf({ ...missing, sourceVolume: 0 })).toBe(await levelOf({ source: { kind: 'builtin' } }));
  });
});

test('the types of @livekit/agents are taken as they are', async () => {
  interface ForeignConfig {
    source: string | AsyncIterable<AudioFrame>;
    volume?: number;
    probability?: number;
  }
  const foreign: ForeignConfig[] = [{ source: 'hold_music.ogg', volume: 0.5, probability: 0.7 }];
  await using audio = hold(foreign);
  const failed = vi.fn();
  await audio.on('source-failed', failed).start();
  expect(audio.state).toBe('playing');
  expect(failed).not.toHaveBeenCalled();
});

test('load() loads every item of a list, and rejects if one cannot be played', async () => {
  await hold([{ source: tone }, { source: 'hold_music.ogg', probability: 0.001 }]).load();
  const one = hold([{ source: tone }, { source: join(folder, 'none.wav'), probability: 0.001 }]);
  await expect(one.load()).rejects.toMatchObject({ code: 'source-missing' });
});

describe('the constructor rejects by name', () => {
  test.each<[string, unknown, RegExp]>([
    ['an item that is no configuration', [{ source: 'a' }, 'b'], /`source\[1\]` must be an AudioConfig, \{ source/],
    ['an item without a source', [{ volume: 1 }], /`source\[0\]\.source` is missing/],
    ['an FTP URL in a list', [{ source: 'a' }, { source: 'ftp:b' }], /`source\[1\]\.source` is a "ftp:" URL/],
    ['silence in a list', [{ source: null }], /`source\[0\]\.source` is null; allowed/],
    ['a list in a configuration', { source: [{ source: 'a' }] }, /`source\.source` is a list; allowed/],
    ['a negative volume', { source: 'a', volume: -1 }, /`source\.volume` must be a number from 0 to 10, not -1/],
    ['a volume beyond any', { source: 'a', volume: 11 }, /`source\.volume` must be .*, not 11/],
    [
      'a weight that is no number',
      [{ source: 'a', probability: NaN }],
      /`source\[0\]\.probability` must be .*, not NaN/,
    ],
    [
      'an endless weight',
      [{ source: 'a', probability: Infinity }],
      /`source\[0\]\.probability` must be .*, not Infinity/,
    ],
  ])('%s', (_, source, message) => {
    const construct = (): HoldAudio => hold(source as AudioConfig);
    expect(construct).toThrow(HoldAudioError);
    expect(construct).toThrow(message);
  });
});

test('a clip of @livekit/agents is found in the package beside the program', async () => {
  const resources = join(folder, 'app', 'node_modules', '@livekit', 'agents', 'resources');
  await mkdir(resources, { recursive: true });
  await writeFile(join(resources, 'office-ambience.ogg'), '');
  const program = join(folder, 'app', 'src', 'deep', 'main.js');
  const elsewhere = join(folder, 'main.js');
  const found = join(resources, 'office-ambience.ogg');
  expect(agentsClipPath('office-ambience.ogg', [elsewhere, program])).toBe(found);
  // In a job of a worker, the program's main file is one of that package.
  expect(agentsClipPath('office-ambience.ogg', [join(resources, '..', 'dist', 'job.js')])).toBe(found);
  expect(agentsClipPath('office-ambience.ogg', [elsewhere])).toBeUndefined();
});
