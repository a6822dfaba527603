import { AudioFrame, AudioSource } from '@livekit/rtc-node';
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  BuiltinAudioClip,
  HoldAudio,
  HoldAudioError,
  type HoldAudioEvents,
  type HoldAudioOptions,
} from '../src/index.js';
import type { Clip } from '../src/pcm/clip.js';
import { clipLimitDefaults } from '../src/options/clip-limits.js';
import { loadClip } from '../src/clip/load-clip.js';
import { FakeHoldRoom } from '../src/testing.js';
import { makeWav, sine } from './support/make-wav.js';

let room: FakeHoldRoom;
let folder: string;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-'));
  process.on('unhandledRejection', onUnhandled);
});
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  room = new FakeHoldRoom();
});
afterEach(async () => {
  await sleep(0);
  assert.deepEqual(unhandled, []);
  assert.equal(room.published.size, 0);
  assert.equal(room.listenerCount, 0);
});

const tone = makeWav({ sampleRate: 16_000, seconds: 0.3, signal: sine(440) });
const fast = { fadeInMs: 0, fadeOutMs: 0 } as const;
const frame = (): AudioFrame => new AudioFrame(new Int16Array(960).fill(1000), 48_000, 1, 960);

async function* frames(count: number): AsyncGenerator<AudioFrame> {
  for (let i = 0; i < count; i += 1) yield frame();
}

/** Everything that happened, as `[name, event]`. */
function record(hold: HoldAudio): [keyof HoldAudioEvents, HoldAudioEvents[keyof HoldAudioEvents]][] {
  const seen: [keyof HoldAudioEvents, HoldAudioEvents[keyof HoldAudioEvents]][] = [];
  for (const name of ['started', 'looped', 'source-failed', 'stopped'] as const) {
    hold.on(name, (event) => void seen.push([name, event]));
  }
  return seen;
}

describe('the constructor rejects by name', () => {
  test.each<[string, object, RegExp]>([
    ['no room', { room: undefined }, /`room`/],
    ['volume above 1', { volume: 2 }, /`volume` must be a number from 0 to 1, not 2/],
    ['volume NaN', { volume: NaN }, /`volume`/],
    ['negative fade', { fadeInMs: -1 }, /`fadeInMs`/],
    ['endless fade', { fadeOutMs: Infinity }, /`fadeOutMs`/],
    [
      'an unknown start position',
      { startAt: 'middle' },
      /`startAt` must be one of 'beginning', 'random', not "middle"/,
    ],
    ['empty track name', { trackName: '' }, /`trackName`/],
    ['no budget', { stallTimeoutMs: 0 }, /`stallTimeoutMs`/],
    ['an empty path', { source: ' ' }, /empty string/],
    ['a URL of another kind', { source: 'ftp://example.com/hold.wav' }, /"ftp:" URL; allowed: .*https: URL/],
    ['a malformed URL', { source: 'https://' }, /"https:" URL that is malformed/],
    ['a data: URL without data', { source: 'data:audio/wav' }, /"data:" URL that is malformed/],
    ['a file: URL of another host', { source: 'file://elsewhere/hold.wav' }, /"file:" URL that is malformed/],
    ['no bytes', { maxSourceBytes: 0 }, /`maxSourceBytes`/],
    ['no audio', { maxSourceMs: 50 }, /`maxSourceMs` must be a number of milliseconds from 100 to 3600000, not 50/],
    ['no time to load', { fetchTimeoutMs: 0 }, /`fetchTimeoutMs`/],
    ['endless redirects', { maxRedirects: Infinity }, /`maxRedirects`/],
    ['private hosts by a word', { allowPrivateHosts: 'no' }, /`allowPrivateHosts` must be true or false/],
    ['an empty list', { source: [] }, /`source` must be a list of at least 1, not an empty list/],
    ['a number', { source: 7 }, /of type number; allowed: /],
    ['an object', { source: { path: 'a.wav' } }, /no AsyncIterable; allowed: /],
  ])('%s', (_, options, message) => {
    const construct = (): HoldAudio => new HoldAudio({ room, ...options });
    expect(construct).toThrow(HoldAudioError);
    expect(construct).toThrow(message);
  });

  test('no option that is left undefined, which counts as absent', () => {
    expect(new HoldAudio({ room, volume: undefined } as unknown as HoldAudioOptions).state).toBe('idle');
  });
});

describe('load() rejects a source that cannot be played', () => {
  test.each<[string, () => HoldAudioOptions['source'], string]>([
    ['a missing file', () => join(folder, 'none.wav'), 'source-missing'],
    ['a folder', () => folder, 'source-unreadable'],
    ['a device', () => '/dev/zero', 'source-unreadable'],
    ['bytes of another format', () => new TextEncoder().encode('OggS'), 'source-unsupported'],
    ['an empty array', () => new Uint8Array(), 'source-empty'],
  ])('%s', async (_, source, code) => {
    const hold = new HoldAudio({ room, source: source() ?? null });
    await expect(hold.load()).rejects.toMatchObject({ name: 'HoldAudioError', code });
    await hold.close();
  });

  test('and start() plays the built-in clip in its place, and reports it', async () => {
    await using hold = new HoldAudio({ room, source: join(folder, 'none.wav'), ...fast });
    const seen = record(hold);
    await hold.start();
    expect(hold.state).toBe('playing');
    expect(seen.map(([name]) => name)).toEqual(['source-failed', 'started']);
    expect(seen[0]?.[1]).toMatchObject({ error: { code: 'source-missing' } });
    expect(hold.degraded).toMatchObject({ error: { code: 'source-missing' } });
    await hold.stop();
    expect(seen.at(-1)).toMatchObject(['stopped', { degraded: { error: { code: 'source-missing' } } }]);
  });

  test('and reads a file again that was corrected afterwards', async () => {
    const path = join(folder, 'late.wav');
    const hold = new HoldAudio({ room, source: path });
    await expect(hold.load()).rejects.toMatchObject({ code: 'source-missing' });
    await writeFile(path, 'not yet');
    await expect(hold.load()).rejects.toMatchObject({ code: 'source-unsupported' });
    await writeFile(path, tone);
    await hold.load();
    await hold.close();
  });

  test('and an aborted load() rejects with the reason of its signal', async () => {
    const hold = new HoldAudio({ room, source: makeWav({ sampleRate: 8000, seconds: 60, signal: sine(300) }) });
    await expect(hold.load({ signal: AbortSignal.timeout(5) })).rejects.toMatchObject({ name: 'TimeoutError' });
    await hold.close();
  });
});

describe('hold audio', () => {
  test('publishes one track of the given name from start to stop, and can start again', async () => {
    await using hold = new HoldAudio({ room, source: tone, trackName: 'please-wait', ...fast });
    const seen = record(hold);
    expect(hold.state).toBe('idle');
    await Promise.all([hold.start(), hold.start()]);
    expect(hold.state).toBe('playing');
    expect(hold.degraded).toBeUndefined();
    await hold.start();
    expect([...room.published.values()]).toEqual(['please-wait']);
    await hold.stop();
    expect(hold.state).toBe('idle');
    expect(room.published.size).toBe(0);
    await hold.start();
    expect(room.publishCount).toBe(2);
    await hold.stop();
    expect(seen.map(([name]) => name).filter((name) => name !== 'looped')).toEqual([
      'started',
      'stopped',
      'started',
      'stopped',
    ]);
    expect(seen.at(-1)?.[1]).toMatchObject({ reason: 'stopped' });
  });

  test('loops a short clip, and counts the rounds', async () => {
    await using hold = new HoldAudio({ room, source: tone, ...fast });
    const looped = vi.fn();
    hold.on('looped', looped);
    await hold.start();
    await vi.waitFor(() => expect(looped).toHaveBeenLastCalledWith({ times: 3 }), 5000);
  });

  test('waits, when it is started during a stop, until the old track is gone', async () => {
    await using hold = new HoldAudio({ room, source: tone });
    await hold.start();
    const stopping = hold.stop();
    expect(hold.state).toBe('stopping');
    const starting = hold.start();
    expect(hold.state).toBe('starting');
    await Promise.all([stopping, starting]);
    expect(room.published.size).toBe(1);
    expect(hold.state).toBe('playing');
  });

  test('publishes nothing for silence, and still starts and stops', async () => {
    await using hold = new HoldAudio({ room, source: null });
    const seen = record(hold);
    await hold.load();
    await hold.start();
    expect(hold.state).toBe('playing');
    expect(room.publishCount).toBe(0);
    await hold.stop();
    expect(seen.map(([name]) => name)).toEqual(['started', 'stopped']);
  });

  test('is closed by close(), after which publish(), start() and load() are rejected', async () => {
    const hold = new HoldAudio({ room });
    await hold.close();
    await hold.close();
    await hold.stop();
    expect(hold.state).toBe('closed');
    expect(() => hold.publish()).toThrow(HoldAudioError);
    await expect(hold.start()).rejects.toMatchObject({ code: 'closed' });
    await expect(hold.load()).rejects.toMatchObject({ code: 'closed' });
  });

  test('is not ended by a listener that throws', async () => {
    const warned = vi.fn();
    process.once('warning', warned);
    await using hold = new HoldAudio({ room, source: BuiltinAudioClip.HOLD_MUSIC, ...fast });
    hold.on('started', () => {
      throw new Error('listener');
    });
    await hold.start();
    expect(hold.state).toBe('playing');
    await vi.waitFor(() => expect(warned).toHaveBeenCalled());
  });

  test('does not call a listener that was taken off', async () => {
    await using hold = new HoldAudio({ room, source: null });
    const listener = vi.fn();
    await hold.on('started', listener).off('started', listener).start();
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('a stop at any moment leaves nothing behind', () => {
  test.each([0, 1, 5, 20, 50, 120, 300])('%i ms after start was called', async (ms) => {
    room.beforePublish = () => sleep(30);
    room.beforeSubscription = () => sleep(30);
    const hold = new HoldAudio({ room, source: makeWav({ sampleRate: 44_100, seconds: 5, signal: sine(300) }) });
    const starting = hold.start();
    if (ms > 0) await sleep(ms);
    await Promise.all([hold.stop(), hold.stop()]);
    await starting;
    expect(hold.state).toBe('idle');
    expect(room.published.size).toBe(0);
    await hold.close();
  });

  test('before start, and twice after', async () => {
    const hold = new HoldAudio({ room, ...fast });
    await hold.stop();
    await hold.start();
    await hold.stop();
    await hold.stop();
    await hold.close();
  });

  test('during a start that is not awaited', async () => {
    room.beforePublish = () => sleep(20);
    const hold = new HoldAudio({ room });
    void hold.start();
    await hold.close();
    expect(room.published.size).toBe(0);
  });

  test('by the signal of a start, which rejects immediately with the reason', async () => {
    room.beforePublish = () => sleep(50);
    const hold = new HoldAudio({ room });
    const aborting = new AbortController();
    const starting = hold.start({ signal: aborting.signal });
    await sleep(10);
    aborting.abort(new Error('caller left'));
    await expect(starting).rejects.toThrow('caller left');
    await hold.stop();
    expect(room.publishCount).toBe(1);
    expect(room.published.size).toBe(0);
    await hold.close();
  });

  test('and the signal of a start stops nothing once the audio plays', async () => {
    await using hold = new HoldAudio({ room, source: tone, ...fast });
    const aborting = new AbortController();
    await hold.start({ signal: aborting.signal });
    aborting.abort();
    await sleep(50);
    expect(hold.state).toBe('playing');
  });
});

const published = (): Promise<void> => vi.waitFor(() => expect(room.published.size).toBe(1));

describe('publish()', () => {
  test('publishes the track that start() plays to', async () => {
    await using hold = new HoldAudio({ room, source: tone, trackName: 'please-wait', ...fast });
    hold.publish();
    hold.publish();
    await published();
    expect([hold.state, ...room.published.values()]).toEqual(['idle', 'please-wait']);
    await hold.start();
    hold.publish();
    expect([hold.state, room.publishCount]).toEqual(['playing', 1]);
    await hold.stop();
    expect(room.published.size).toBe(0);
    await hold.start();
    expect([hold.state, room.publishCount]).toEqual(['playing', 2]);
  });

  test.each(['stop', 'close'] as const)('is undone by %s(), also while the room takes the track', async (end) => {
    room.beforePublish = () => sleep(30);
    const hold = new HoldAudio({ room, ...fast });
    const seen = record(hold);
    hold.publish();
    await hold[end]();
    expect([room.publishCount, room.published.size]).toEqual([1, 0]);
    expect(seen).toEqual([]);
    await hold.close();
  });

  test('that fails is repeated by start()', async () => {
    room.beforePublish = () => Promise.reject(new Error('no permission'));
    await using hold = new HoldAudio({ room, ...fast });
    hold.publish();
    await sleep(10);
    room.beforePublish = () => Promise.resolve();
    await hold.start();
    expect(hold.state).toBe('playing');
  });

  test('is forgotten with a room that disconnects before start()', async () => {
    const hold = new HoldAudio({ room, ...fast });
    hold.publish();
    await published();
    room.disconnect();
    await expect(hold.start()).rejects.toMatchObject({ code: 'room-not-connected' });
    hold.publish();
    await hold.close();
  });

  test('publishes nothing for silence', async () => {
    await using hold = new HoldAudio({ room, source: null });
    hold.publish();
    await hold.start();
    expect(room.publishCount).toBe(0);
  });
});

describe('a room', () => {
  test('that is not connected is named', async () => {
    room.disconnect();
    const hold = new HoldAudio({ room });
    await expect(hold.start()).rejects.toMatchObject({ code: 'room-not-connected' });
    expect(hold.state).toBe('idle');
    await hold.close();
  });

  test('that rejects the track fails the start, and a later start may work', async () => {
    room.beforePublish = () => Promise.reject(new Error('no permission'));
    await using hold = new HoldAudio({ room, ...fast });
    const seen = record(hold);
    await expect(hold.start()).rejects.toMatchObject({ code: 'publish-failed', cause: { message: 'no permission' } });
    expect(hold.state).toBe('idle');
    expect(seen).toEqual([]);
    room.beforePublish = () => Promise.resolve();
    await hold.start();
    expect(hold.state).toBe('playing');
  });

  test('that is disconnected ends the audio', async () => {
    const hold = new HoldAudio({ room, ...fast });
    const seen = record(hold);
    await hold.start();
    room.disconnect();
    await vi.waitFor(() => expect(hold.state).toBe('idle'));
    expect(seen.at(-1)).toMatchObject(['stopped', { reason: 'room-disconnected' }]);
    await hold.close();
  });

  test('whose track stays broken ends the audio with an event, and the audio can be started again', async () => {
    await using hold = new HoldAudio({ room, ...fast });
    const seen = record(hold);
    await hold.start();
    {
      using _broken = vi.spyOn(AudioSource.prototype, 'captureFrame').mockRejectedValue(new Error('no more audio'));
      await vi.waitFor(() => expect(hold.state).toBe('idle'), 10_000);
    }
    expect(seen.at(-1)).toMatchObject(['stopped', { reason: 'track-failed', error: { message: 'no more audio' } }]);
    expect(room.published.size).toBe(0);
    await hold.start();
    expect([hold.state, room.publishCount]).toEqual(['playing', 2]);
  });

  test('that is disconnected before a participant listens fails the start', async () => {
    room.beforeSubscription = () => new Promise(() => undefined);
    const hold = new HoldAudio({ room, ...fast });
    const starting = hold.start();
    setTimeout(() => room.disconnect(), 50);
    await expect(starting).rejects.toMatchObject({ code: 'room-not-connected' });
    expect(hold.state).toBe('idle');
    await hold.close();
  });

  test('that is disconnected as it takes the track fails the start', async () => {
    const hold = new HoldAudio({ room, ...fast });
    const { localParticipant } = room;
    const publishTrack = localParticipant.publishTrack.bind(localParticipant);
    vi.spyOn(localParticipant, 'publishTrack').mockImplementation(async (track, options) => {
      const publication = await publishTrack(track, options);
      room.disconnect();
      return publication;
    });
    await expect(hold.start()).rejects.toMatchObject({ code: 'room-not-connected' });
    await hold.close();
  });

  test('without a subscriber is played to half a second later', async () => {
    room.beforeSubscription = () => new Promise(() => undefined);
    await using hold = new HoldAudio({ room, ...fast });
    const startedAt = performance.now();
    await hold.start();
    expect(performance.now() - startedAt).toBeGreaterThan(450);
    expect(hold.state).toBe('playing');
  });

  test('without participants is played to without a wait for a subscriber', async () => {
    const listened = vi.fn(() => Promise.resolve());
    room.beforeSubscription = listened;
    room.remoteParticipants.size = 0;
    await using hold = new HoldAudio({ room, source: tone, ...fast });
    await hold.start();
    expect(hold.state).toBe('playing');
    expect(listened).not.toHaveBeenCalled();
  });
});

describe('a stream of frames', () => {
  test('of a function is created again when it ends', async () => {
    let made = 0;
    await using hold = new HoldAudio({
      room,
      source: () => {
        made += 1;
        return frames(5);
      },
      ...fast,
    });
    await hold.start();
    await vi.waitFor(() => expect(made).toBeGreaterThan(2), 5000);
    expect(hold.state).toBe('playing');
  });

  test.each<[string, HoldAudioOptions['source'], string]>([
    ['that is over', frames(5), 'source-ended'],
    ['that is empty', () => frames(0), 'source-ended'],
    [
      'whose function throws',
      () => {
        throw new Error('no device');
      },
      'source-threw',
    ],
    [
      'that throws midway',
      (async function* () {
        yield* frames(5);
        throw new Error('lost');
      })(),
      'source-threw',
    ],
    [
      'that never begins',
      (async function* () {
        await new Promise(() => undefined);
        yield frame();
      })(),
      'source-stalled',
    ],
    [
      'that hangs midway',
      (async function* () {
        yield* frames(5);
        await new Promise(() => undefined);
      })(),
      'source-stalled',
    ],
    [
      'of empty frames without end',
      (async function* () {
        for (;;) yield new AudioFrame(new Int16Array(0), 48_000, 1, 0);
      })(),
      'source-stalled',
    ],
    [
      'of something else',
      (async function* () {
        yield { data: 'noise' } as unknown as AudioFrame;
      })(),
      'source-corrupt',
    ],
  ])('%s is replaced by the built-in clip, and the event has the reason', async (_, source, code) => {
    await using hold = new HoldAudio({ room, source: source ?? null, stallTimeoutMs: 100, ...fast });
    const failed = vi.fn();
    hold.on('source-failed', failed);
    await hold.start();
    await vi.waitFor(() => expect(failed).toHaveBeenCalledTimes(1), 5000);
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ error: { code } });
    await sleep(100);
    expect(hold.state).toBe('playing');
    expect(failed).toHaveBeenCalledTimes(1);
  });

  test('that complains about being left does not disturb the stop', async () => {
    const rude = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ value: frame(), done: false as const }),
        return: () => {
          throw new Error('not now');
        },
      }),
    };
    await using hold = new HoldAudio({ room, source: rude, ...fast });
    const stopped = vi.fn();
    hold.on('stopped', stopped);
    await hold.start();
    await hold.stop();
    expect(stopped).toHaveBeenCalledWith({ reason: 'stopped', playedMs: expect.any(Number) });
  });

  test('is let go by a stop', async () => {
    let released = false;
    const endless = (async function* () {
      try {
        for (;;) yield frame();
      } finally {
        released = true;
      }
    })();
    await using hold = new HoldAudio({ room, source: endless, ...fast });
    await hold.start();
    await hold.stop();
    await vi.waitFor(() => expect(released).toBe(true));
  });
});

test('a clip is decoded once per process, for as many callers as there are', async () => {
  const path = join(folder, 'shared.wav');
  await writeFile(path, makeWav({ sampleRate: 44_100, seconds: 1, signal: sine(300) }));
  const load = (): Promise<Clip> => loadClip({ kind: 'file', path }, clipLimitDefaults);
  const clips = await Promise.all(Array.from({ length: 20 }, load));
  expect(new Set([...clips, await load()]).size).toBe(1);
});

test('an error is recognized across two copies of this package', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('@org/hold-audio:error')]: true });
  expect(HoldAudioError.isInstance(foreign)).toBe(true);
  expect(HoldAudioError.isInstance(new HoldAudioError('closed', 'x'))).toBe(true);
  expect(HoldAudioError.isInstance(new Error('x'))).toBe(false);
});
