import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { HoldAudio, type HoldAudioOptions } from '../../src/index.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { serve } from '../support/file-server.js';
import { longestBlockMs } from '../support/main-cpu.js';
import { type WavRecipe, formatChunk, riff, sine } from '../support/make-wav.js';
import { createRandom } from '../support/random.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-bad-'));
  // Computed once per process, so now.
  await new HoldAudio({ room: new FakeHoldRoom() }).load();
});
afterAll(() => rm(folder, { recursive: true }));

/** A file of a name and content, or of so many zeros after some first bytes. */
async function file(name: string, bytes: Uint8Array, zeros = 0): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  if (zeros > 0) {
    const handle = await open(path, 'r+');
    await handle.truncate(bytes.length + zeros);
    await handle.close();
  }
  return path;
}

const random = createRandom(7);
const noise = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, () => random(256));
const recipe: WavRecipe = { sampleRate: 48_000, seconds: 0, signal: sine(400) };
/** A WAV whose audio goes on for as long as there are bytes. */
const endlessWav = (): Uint8Array =>
  riff([formatChunk(recipe), { name: 'data', body: new Uint8Array(0), claims: 0xffff_ffff }], 0xffff_ffff);

type Options = Omit<HoldAudioOptions, 'room'>;

async function playBad(options: Options, code: string): Promise<void> {
  const room = new FakeHoldRoom();
  await using hold = new HoldAudio({ room, stallTimeoutMs: 60_000, fadeOutMs: 0, ...options });
  const failed = vi.fn();
  hold.on('source-failed', failed);
  // Wanted: 20 ms, which is one frame of a call beside it.
  expect(await longestBlockMs(() => hold.start())).toBeLessThan(150);
  expect(failed).toHaveBeenCalledExactlyOnceWith({ error: expect.objectContaining({ name: 'HoldAudioError', code }) });
  expect(hold.degraded?.error.code).toBe(code);
  expect(hold.state).toBe('playing');
  expect(room.published.size).toBe(1);
}

test.each<[string, () => Promise<Options>, string]>([
  ['missing', async () => ({ source: join(folder, 'none.mp3') }), 'source-missing'],
  ['empty', async () => ({ source: await file('empty.mp3', new Uint8Array()) }), 'source-empty'],
  [
    'a page',
    async () => ({ source: await file('page.mp3', new TextEncoder().encode('<html>')) }),
    'source-unsupported',
  ],
  ['noise', async () => ({ source: await file('noise.mp3', noise(300_000)) }), 'source-unsupported'],
  [
    'a WAV of noise',
    async () => ({ source: await file('noise.wav', riff([{ name: 'fmt ', body: noise(16) }])) }),
    'source-unsupported',
  ],
  ['a WAV of no length', async () => ({ source: await file('none.wav', endlessWav()) }), 'source-empty'],
  ['a file of a gigabyte', async () => ({ source: await file('huge.wav', endlessWav(), 2 ** 30) }), 'source-too-large'],
  [
    'too long',
    async () => ({
      source: await file('long.wav', endlessWav(), 20_000_000),
      maxSourceMs: 60_000,
    }),
    'source-too-large',
  ],
])(
  'a source that is %s is replaced by the built-in clip, and the event loop stays free',
  async (_, make, code) => {
    await playBad(await make(), code);
  },
  120_000,
);

test('a source that is endless is replaced by the built-in clip, and the event loop stays free', async () => {
  await using server = await serve((_, response) => {
    response.write(endlessWav());
    const more = (): void => {
      while (!response.destroyed && response.write(new Uint8Array(64 * 1024)));
    };
    response.on('drain', more);
    more();
  });
  await playBad({ source: server.url, maxSourceBytes: 5_000_000 }, 'source-too-large');
}, 120_000);

test('a source that is slow is replaced by the built-in clip, and the event loop stays free', async () => {
  await using server = await serve((_, response) => {
    response.write(endlessWav());
    const timer = setInterval(() => response.write(new Uint8Array(100)), 10);
    response.on('close', () => clearInterval(timer));
  });
  await playBad({ source: server.url, stallTimeoutMs: 300 }, 'source-stalled');
}, 120_000);
