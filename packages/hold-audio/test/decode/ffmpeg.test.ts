import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FfmpegDecoder } from '../../src/decode/ffmpeg-decoder.js';
import { type FfmpegCore, findFfmpegCore } from '../../src/source/ffmpeg-core.js';
import { HoldAudio, type HoldAudioOptions } from '../../src/index.js';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import { loadClip } from '../../src/clip/load-clip.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { expectDecoded, tone } from '../support/decoded-tone.js';
import { encode } from '../support/encode.js';
import { serve } from '../support/file-server.js';
import { leastBlockMs, mainCpuMs } from '../support/main-cpu.js';
import { makeWav, sine } from '../support/make-wav.js';

// A decoder of its own is loaded again and again, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const forever = new AbortController().signal;

let folder: string;
let decoder: FfmpegDecoder;
/** As MP3: two minutes, long enough to be met in the middle; and a short one. */
let [long, short]: Uint8Array[] = [];
beforeAll(async () => {
  const core = findFfmpegCore();
  if (core === undefined) throw new Error('@ffmpeg/core is not installed');
  decoder = new FfmpegDecoder(core);
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-ffmpeg-'));
  long = await encode(makeWav({ sampleRate: 48_000, seconds: 120, signal: sine(440) }), 'long.mp3', '-b:a 64k');
  short = await encode(tone, 'short.mp3');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

// One file of each kind of container; the long tests have the others.
test.each<[string, string, string]>([
  ['MP3', 'tone.mp3', '-b:a 128k'],
  ['Ogg with Vorbis', 'tone.ogg', '-c:a libvorbis'],
  ['M4A', 'tone.m4a', '-c:a aac'],
  ['WAV with ADPCM', 'adpcm.wav', '-c:a adpcm_ima_wav'],
])('%s is decoded at its pitch, level and length', (_, name, args) => expectDecoded(name, args));

const decodeNow = (bytes: Uint8Array | undefined): Promise<Int16Array> =>
  decoder.decode([bytes as Uint8Array], clipLimitDefaults, forever);

describe('decoding', () => {
  test('leaves the event loop free', async () => {
    await decodeNow(short);
    const decodeLong = async (): Promise<void> => {
      expect((await decodeNow(long)).length / SAMPLE_RATE).toBeCloseTo(120, 0);
    };
    // Wanted: 20 ms, which is one frame of a call beside it.
    expect(await leastBlockMs(100, decodeLong)).toBeLessThan(100);
    const before = mainCpuMs();
    await decodeLong();
    // Wanted: 30 ms.
    expect(mainCpuMs() - before).toBeLessThan(150);
  });

  test('that takes too long is ended, with its thread, and the next one works', async () => {
    const slow = decoder.decode([long as Uint8Array], { ...clipLimitDefaults, decodeTimeoutMs: 20 }, forever);
    await expect(slow).rejects.toMatchObject({
      code: 'source-too-slow',
      message: expect.stringMatching(/decodeTimeoutMs/),
    });
    expect(decoder.threads).toBe(0);
    expect((await decoder.decode([short as Uint8Array], clipLimitDefaults, forever)).length).toBeGreaterThan(0);
  });

  test('that no caller waits for any more is ended in the middle', async () => {
    const leaving = new AbortController();
    const decoding = decoder.decode([long as Uint8Array], clipLimitDefaults, leaving.signal);
    await sleep(100);
    leaving.abort(new Error('caller left'));
    await expect(decoding).rejects.toThrow('caller left');
    await vi.waitFor(() => expect(decoder.threads).toBe(0));
  });

  test('of several runs in two threads, first come first served; aborted ones are skipped', async () => {
    const ended: string[] = [];
    const leaving = new AbortController();
    const decode = async (name: string, bytes: Uint8Array | undefined, signal = forever): Promise<void> => {
      await decoder.decode([bytes as Uint8Array], clipLimitDefaults, signal).catch(() => undefined);
      ended.push(name);
    };
    const all = ['long', 'other long'].map((name) => decode(name, long));
    // The third in the queue begins when one of the two before it has ended, which is the short one.
    all.push(
      decode('first', short),
      decode('left', long, leaving.signal),
      decode('second', long),
      decode('third', short),
    );
    expect(decoder.threads).toBe(2);
    leaving.abort(new Error('caller left'));
    await Promise.all(all);
    expect(ended[0]).toBe('left');
    expect(ended.indexOf('first')).toBeLessThan(ended.indexOf('third'));
    expect(decoder.threads).toBe(2);
  });

  test('of one that takes long does not hold up another', async () => {
    const ended: string[] = [];
    const decode = async (name: string, bytes: Uint8Array | undefined): Promise<void> => {
      await decodeNow(bytes);
      ended.push(name);
    };
    await Promise.all([decode('long', long), decode('short', short)]);
    expect(ended).toEqual(['short', 'long']);
  });

  test.each<[string, () => Uint8Array, string, object]>([
    ['of what is no audio', () => new TextEncoder().encode('neither fish nor flesh'), 'source-unsupported', {}],
    [
      'of a playlist',
      () => new TextEncoder().encode('#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:1/a.mp3\n'),
      'source-unsupported',
      {},
    ],
    ['of an MP3 cut down to its head', () => (short as Uint8Array).subarray(0, 50), 'source-unsupported', {}],
    ['of too much', () => long as Uint8Array, 'source-too-large', { maxSourceMs: 60_000 }],
    ['of next to nothing', () => (short as Uint8Array).subarray(0, 1500), 'source-empty', {}],
  ])('%s is rejected', async (_, bytes, code, limits) => {
    await expect(decoder.decode([bytes()], { ...clipLimitDefaults, ...limits }, forever)).rejects.toMatchObject({
      code,
    });
  });

  test('ends its thread when there is nothing more to decode', async () => {
    const idle = new FfmpegDecoder(findFfmpegCore() as FfmpegCore, 200);
    await idle.decode([short as Uint8Array], clipLimitDefaults, forever);
    expect(idle.threads).toBe(1);
    await sleep(100);
    await idle.decode([short as Uint8Array], clipLimitDefaults, forever);
    await sleep(150);
    expect(idle.threads).toBe(1);
    await vi.waitFor(() => expect(idle.threads).toBe(0));
  });
});

test('stereo whose channels cancel each other out is rejected, as in a WAV, and silence is not', async () => {
  const recipe = { sampleRate: 48_000, seconds: 0.5, channels: 2 } as const;
  const opposite = makeWav({ ...recipe, signal: sine(440) });
  const view = new DataView(opposite.buffer);
  for (let at = 46; at < opposite.length; at += 4) view.setInt16(at, -view.getInt16(at - 2, true), true);
  const refused = { code: 'source-corrupt', message: /cancel each other out/ };
  await expect(decodeNow(await encode(opposite, 'opposite.mp3'))).rejects.toMatchObject(refused);
  const silent = await encode(makeWav({ ...recipe, signal: () => 0 }), 'silent.flac');
  expect(await decodeNow(silent)).toHaveLength(SAMPLE_RATE / 2);
});

describe('a source is rejected by name before decoding:', () => {
  /** A FLAC of nothing but its first block: 192 kHz, 8 channels, 24 bits. */
  const costlyFlac = Buffer.concat([
    Buffer.from('fLaC\0\0\0\x22', 'latin1'),
    Buffer.from('10001000000000000000', 'hex'),
    Buffer.from('2ee00f70', 'hex'),
    Buffer.alloc(20),
  ]);
  /** As a server of web radio sends it: it never ends, and names no file of its own. */
  const webRadio = '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsegment-1.ts\n';

  test.each<[string, Uint8Array, string, RegExp]>([
    ['an HLS playlist', Buffer.from(webRadio), 'source-unsupported', /M3U \(HLS\) playlist/],
    ['a PLS playlist', Buffer.from('[playlist]\nFile1=http://127.0.0.1:1/a.mp3\n'), 'source-unsupported', /PLS/],
    ['a list of files', Buffer.from("ffconcat version 1.0\nfile 'a.mp3'\n"), 'source-unsupported', /ffconcat/],
    ['a FLAC of 8 channels at 192 kHz', costlyFlac, 'source-too-large', /8 channels at 192000 Hz/],
  ])('%s', async (_, bytes, code, message) => {
    await expect(loadClip({ kind: 'bytes', bytes }, clipLimitDefaults)).rejects.toMatchObject({ code, message });
  });

  test('unlike a playlist that is not recognized, which ffmpeg rejects', async () => {
    const padded = Buffer.concat([Buffer.from('\n\n'), Buffer.from(webRadio)]);
    await expect(decodeNow(padded)).rejects.toMatchObject({ code: 'source-unsupported' });
  });
});

describe('hold audio plays', () => {
  test.each<[string, () => Promise<HoldAudioOptions['source']>]>([
    [
      'an MP3 file',
      async () => {
        const path = join(folder, 'Hold.MP3');
        await writeFile(path, short as Uint8Array);
        return path;
      },
    ],
    ['a clip of the installed @livekit/agents, by its name', async () => 'keyboard-typing2.ogg'],
    ['the bytes of an MP3 in a list', async () => [{ source: short as Uint8Array, volume: 0.5 }]],
  ])('%s', async (_, make) => {
    const room = new FakeHoldRoom();
    await using hold = new HoldAudio({ room, source: (await make()) ?? null, fadeOutMs: 0 });
    const [failed, looped] = [vi.fn(), vi.fn()];
    hold.on('source-failed', failed).on('looped', looped);
    await hold.load();
    await hold.start();
    await vi.waitFor(() => expect(looped).toHaveBeenCalled(), 15_000);
    expect(failed).not.toHaveBeenCalled();
  });

  test('an MP3 URL, and the same bytes from elsewhere without decoding them again', async () => {
    await using server = await serve((_, response) => void response.end(short));
    const path = join(folder, 'same.mp3');
    await writeFile(path, short as Uint8Array);
    const fromUrl = await loadClip({ kind: 'url', url: server.url }, clipLimitDefaults);
    const fromFile = await loadClip({ kind: 'file', path }, clipLimitDefaults);
    const copy = new Uint8Array(short as Uint8Array);
    expect(fromFile).toBe(fromUrl);
    expect(await loadClip({ kind: 'bytes', bytes: copy }, clipLimitDefaults)).toBe(fromUrl);
    await expect(
      loadClip({ kind: 'bytes', bytes: copy }, { ...clipLimitDefaults, maxSourceMs: 1000 }),
    ).rejects.toMatchObject({ code: 'source-too-large' });
  });
});
