import { AudioFrame } from '@livekit/rtc-node';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Announcer, type AnnouncerOptions } from '../../src/announce/announcer.js';
import { type AnnouncementOptions, HoldAudio, HoldAudioError, type HoldAudioOptions } from '../../src/index.js';
import { parseAnnouncement, parseAnnouncements } from '../../src/options/parse-announcements.js';
import type { PcmReader } from '../../src/readers/pcm-reader.js';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { makeWav, sine } from '../support/make-wav.js';
import { levelDb, toneDb } from '../support/measure.js';

const [MUSIC, VOICE] = [400, 1000];
const FRAME = SAMPLE_RATE / 50;
const half = makeWav({ sampleRate: 16_000, seconds: 0.5, signal: sine(VOICE, 0.4) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-announce-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A tone, of which it is counted how much was read. */
class ToneMusic implements PcmReader {
  position = 0;
  read(into: Float32Array): void {
    for (let i = 0; i < into.length; i += 1) {
      into[i] = 8000 * Math.sin((2 * Math.PI * MUSIC * (this.position + i)) / SAMPLE_RATE);
    }
    this.position += into.length;
  }
  close(): void {
    // Nothing is held.
  }
}

interface Stage {
  readonly announcer: Announcer;
  readonly music: ToneMusic;
  readonly announced: ReturnType<typeof vi.fn>;
  readonly failed: ReturnType<typeof vi.fn>;
  /** Plays faster than real time, and returns the audio. */
  readonly play: (lasting: number) => Promise<Float32Array>;
}

function stage(options: Partial<AnnouncerOptions> = {}): Stage {
  const music = new ToneMusic();
  const [announced, failed] = [vi.fn(), vi.fn()];
  const announcer = new Announcer({
    music,
    schedule: undefined,
    volume: 1,
    duckTo: 0.2,
    limits: clipLimitDefaults,
    stallTimeoutMs: 500,
    synthesize: undefined,
    onAnnounced: announced,
    onFailed: failed,
    ...options,
  });
  return {
    announcer,
    music,
    announced,
    failed,
    play: async (seconds) => {
      const heard = new Float32Array(seconds * SAMPLE_RATE);
      for (let at = 0; at < heard.length; at += FRAME) {
        announcer.read(heard.subarray(at, at + FRAME));
        await sleep(0);
      }
      return heard;
    },
  };
}

const schedule = (options: AnnouncementOptions): AnnouncerOptions['schedule'] => parseAnnouncements(options, true);
const clip = parseAnnouncement(half, 'announcement', false);
const seconds = (from: number, to: number): [number, number] => [
  Math.round(from * SAMPLE_RATE),
  Math.round(to * SAMPLE_RATE),
];
const tone = (heard: Float32Array, frequency: number, from: number, to: number): number =>
  toneDb(heard, frequency, SAMPLE_RATE, ...seconds(from, to));

/** When the voice is heard, in seconds: beginnings and ends. */
function saidAt(heard: Float32Array): [number, number][] {
  const said: [number, number][] = [];
  for (let at = 0; at + FRAME <= heard.length; at += FRAME) {
    if (toneDb(heard, VOICE, SAMPLE_RATE, at, at + FRAME) < -30) continue;
    const last = said.at(-1);
    const [from, to] = [at / SAMPLE_RATE, (at + FRAME) / SAMPLE_RATE];
    if (last !== undefined && from - last[1] < 0.05) last[1] = to;
    else said.push([from, to]);
  }
  return said;
}

async function* spoken(lasting: number, rate = 24_000): AsyncGenerator<AudioFrame> {
  for (let at = 0; at < lasting * rate; at += rate / 100) {
    const samples = Int16Array.from(
      { length: rate / 100 },
      (_, i) => 12_000 * Math.sin((2 * Math.PI * VOICE * (at + i)) / rate),
    );
    yield new AudioFrame(samples, rate, 1, samples.length);
  }
}

describe('announcements by the clock', () => {
  test('are said at their times, in turn, and the interval counts from their ends', async () => {
    const give = vi.fn(() => half);
    const { play, announced } = stage({
      schedule: schedule({ items: [half, give], intervalMs: 2000, firstAfterMs: 1000 }),
    });
    const said = saidAt(await play(7.5));
    // The music takes 200 ms to make room; the voice begins in the last frame of that.
    expect(said).toHaveLength(3);
    for (const [i, [from, to]] of said.entries()) {
      const before = said[i - 1];
      expect(from - (before === undefined ? 0 : before[1])).toBeCloseTo(before === undefined ? 1.18 : 2.18, 5);
      expect(to - from).toBeCloseTo(0.5, 1);
    }
    expect(give).toHaveBeenCalledTimes(1);
    expect(announced).toHaveBeenCalledTimes(3);
    expect(announced.mock.calls[0]?.[0]).toBeCloseTo(500, -2);
  });

  test('are skipped when the function returns nothing', async () => {
    const { play, announced, failed } = stage({
      schedule: schedule({ items: [() => null, half], intervalMs: 1000, firstAfterMs: 0 }),
    });
    expect(saidAt(await play(2.5))).toHaveLength(1);
    expect(announced).toHaveBeenCalledTimes(1);
    expect(failed).not.toHaveBeenCalled();
  });

  test('that fail are reported, and the music and the others continue', async () => {
    const { play, failed } = stage({
      schedule: schedule({
        items: [
          join(folder, 'none.wav'),
          () => {
            throw new Error('no queue today');
          },
          half,
        ],
        intervalMs: 1000,
        firstAfterMs: 0,
      }),
    });
    const heard = await play(3.4);
    expect(saidAt(heard)).toHaveLength(1);
    // Between the second, which fails, and the third.
    expect(tone(heard, MUSIC, 1.2, 1.8)).toBeGreaterThan(-13);
    const codes = failed.mock.calls.map(([error]) => (error as HoldAudioError).code);
    expect(codes.slice(0, 2)).toEqual(['source-missing', 'source-threw']);
  });
});

describe('the music under an announcement', () => {
  test('is ducked and comes back, without a step', async () => {
    const { announcer, play } = stage();
    void announcer.announce(clip);
    const heard = await play(2);
    const ducked = tone(heard, MUSIC, 0.3, 0.6) - tone(heard, MUSIC, 1.5, 1.9);
    expect(ducked).toBeCloseTo(20 * Math.log10(0.2), 0);
    const fall = Array.from({ length: 10 }, (_, i) => levelDb(heard, ...seconds(i * 0.02, (i + 1) * 0.02)));
    for (let i = 1; i < fall.length; i += 1) expect((fall[i - 1] as number) - (fall[i] as number)).toBeLessThan(6);
  });

  test('is paused at 0, and resumes at the same position', async () => {
    const { announcer, music, play } = stage({ duckTo: 0 });
    void announcer.announce(clip);
    const heard = await play(2);
    expect(tone(heard, MUSIC, 0.3, 0.6)).toBeLessThan(-70);
    expect(2 - music.position / SAMPLE_RATE).toBeCloseTo(0.5, 1);
  });
});

describe('a requested announcement', () => {
  test('is said when the one before it has ended', async () => {
    const { announcer, play } = stage();
    const outcomes = Promise.all([announcer.announce(clip), announcer.announce(clip)]);
    const said = saidAt(await play(2));
    expect((said.at(-1)?.[1] ?? 0) - (said[0]?.[0] ?? 0)).toBeGreaterThan(0.95);
    await expect(outcomes).resolves.toEqual(['announced', 'announced']);
  });

  test('as a text is spoken by the hook, to its end', async () => {
    const synthesize = vi.fn(async () => spoken(0.5));
    const { announcer, play } = stage({ synthesize });
    const outcome = announcer.announce({ kind: 'text', text: 'please hold' });
    const [[from, to] = [0, 0]] = saidAt(await play(2));
    expect(to - from).toBeCloseTo(0.5, 1);
    await expect(outcome).resolves.toBe('announced');
    expect(synthesize).toHaveBeenCalledExactlyOnceWith('please hold', { signal: expect.any(AbortSignal) });
  });

  test.each<[string, AnnouncerOptions['synthesize'], string]>([
    ['throws', () => Promise.reject(new Error('no voice')), 'source-threw'],
    ['never answers', () => new Promise(() => undefined), 'source-stalled'],
    ['yields no frames', async () => spoken(0), 'source-ended'],
    [
      'breaks off',
      async function* () {
        yield* spoken(0.2);
        throw new Error('lost');
      } as AnnouncerOptions['synthesize'],
      'source-threw',
    ],
  ])('of a hook that %s fails with its reason, and the music continues', async (_, synthesize, code) => {
    const { announcer, play, failed } = stage({ synthesize, stallTimeoutMs: 100 });
    const outcome = announcer.announce({ kind: 'text', text: 'please hold' });
    const heard = await play(3);
    await expect(outcome).resolves.toBe('failed');
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }));
    expect(tone(heard, MUSIC, 2.5, 3)).toBeGreaterThan(-13);
  });

  test('is cut off within 10 ms by its signal, and the one after it is said', async () => {
    const { announcer, play } = stage();
    const aborting = new AbortController();
    const outcome = announcer.announce(clip, aborting.signal);
    const after = announcer.announce({ kind: 'text', text: 'never' }, AbortSignal.abort());
    await play(0.4);
    aborting.abort();
    const heard = await play(0.5);
    await expect(outcome).resolves.toBe('cut-off');
    await expect(after).resolves.toBe('cut-off');
    expect(tone(heard, VOICE, 0.02, 0.2)).toBeLessThan(-60);
  });

  test('is cut off by silence for good, whether it is said or waits', async () => {
    let aborted: AbortSignal | undefined;
    const { announcer, play, announced } = stage({
      schedule: schedule({ items: [half], intervalMs: 1000, firstAfterMs: 0 }),
      synthesize: async (_, { signal }) => {
        aborted = signal;
        return spoken(60);
      },
    });
    const outcomes = Promise.all([announcer.announce({ kind: 'text', text: 'long' }), announcer.announce(clip)]);
    await play(0.5);
    announcer.silence();
    await expect(outcomes).resolves.toEqual(['cut-off', 'cut-off']);
    expect(aborted?.aborted).toBe(true);
    expect(saidAt((await play(3)).subarray(FRAME))).toEqual([]);
    expect(announced).not.toHaveBeenCalled();
    announcer.close();
  });
});

describe('hold audio', () => {
  const fast = { fadeInMs: 0, fadeOutMs: 0 } as const;

  test('announces, and emits the event', async () => {
    const room = new FakeHoldRoom();
    await using hold = new HoldAudio({ room, ...fast });
    const announced = vi.fn();
    hold.on('announced', announced);
    expect(await hold.announce(half)).toBe('not-playing');
    const starting = hold.start();
    expect(await hold.announce(half)).toBe('announced');
    await starting;
    expect(announced).toHaveBeenCalledExactlyOnceWith({ lastedMs: expect.any(Number) });
    const cut = hold.announce(half);
    await hold.stop();
    expect(await cut).toBe('cut-off');
    await hold.close();
    await expect(hold.announce(half)).rejects.toMatchObject({ code: 'closed' });
  });

  test('without music still has announcements, on a track of its own', async () => {
    const room = new FakeHoldRoom();
    await using hold = new HoldAudio({
      room,
      source: null,
      announcements: { items: [{ text: 'one moment' }], intervalMs: 60_000, firstAfterMs: 0 },
      synthesize: () => spoken(0.2),
      ...fast,
    });
    const announced = vi.fn();
    await hold.on('announced', announced).start();
    expect(room.published.size).toBe(1);
    await vi.waitFor(() => expect(announced).toHaveBeenCalled(), 5000);
  });

  test('loads the clips among its announcements, and rejects one that cannot be played', async () => {
    await using hold = new HoldAudio({
      room: new FakeHoldRoom(),
      announcements: { items: [half, join(folder, 'none.wav')], intervalMs: 1000 },
    });
    await expect(hold.load()).rejects.toMatchObject({ code: 'source-missing' });
  });

  test.each<[string, object, RegExp]>([
    ['no object', { announcements: 'hello' }, /`announcements` must be an object, \{ items, intervalMs \}/],
    [
      'nothing to say',
      { announcements: { items: [], intervalMs: 5000 } },
      /`announcements\.items` must be a list of at least/,
    ],
    ['no interval', { announcements: { items: [half] } }, /`announcements\.intervalMs` is missing: .* 1000/],
    [
      'a text without `synthesize`',
      { announcements: { items: [{ text: 'a' }], intervalMs: 5000 } },
      /items\[0\]` is a text, which needs `synthesize`/,
    ],
    [
      'an empty text',
      { announcements: { items: [{ text: ' ' }], intervalMs: 5000 }, synthesize: spoken },
      /items\[0\]\.text` must be/,
    ],
    [
      'a stream',
      { announcements: { items: [spoken(1)], intervalMs: 5000 } },
      /items\[0\]` is a stream, which can be heard once/,
    ],
    ['silence', { announcements: { items: [null], intervalMs: 5000 } }, /`announcements\.items\[0\]` is null/],
    ['a voice that is no function', { synthesize: 'tts' }, /`synthesize` must be a function/],
    ['a volume beyond any', { duckTo: 2 }, /`duckTo` must be a number from 0 to 1, not 2/],
  ])('rejects %s in the constructor, by name', (_, options, message) => {
    const construct = (): HoldAudio =>
      new HoldAudio({ room: new FakeHoldRoom(), ...(options as Partial<HoldAudioOptions>) });
    expect(construct).toThrow(HoldAudioError);
    expect(construct).toThrow(message);
  });
});
