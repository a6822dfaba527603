import { expect, test } from 'vitest';
import { HoldAudioError } from '../src/hold-audio-error.js';
import { decodeWav } from '../src/source/decode-wav.js';
import { dataChunk, formatChunk, riff, sampleFormats, sine, type WavRecipe } from './support/make-wav.js';
import { createRandom } from './support/random.js';

const MB = 1024 * 1024;
const recipe: WavRecipe = { sampleRate: 8000, seconds: 0.11, signal: sine(440) };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function codeOf(bytes: Uint8Array, pieceBytes: number): Promise<string> {
  try {
    const { samples } = await decodeWav(inPieces(bytes, pieceBytes));
    // Eight bits at the lowest rate become sixteen at the highest, and no more.
    return samples.byteLength <= bytes.length * 12 ? 'decoded' : `grew to ${samples.byteLength} bytes`;
  } catch (error) {
    return HoldAudioError.isInstance(error) ? error.code : `threw ${String(error)}`;
  }
}

/** The most CPU time, in milliseconds, between two turns of the event loop: what other programs take does not count. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, over] = [0, process.cpuUsage(), false];
  const turn = (): void => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.cpuUsage();
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  over = true;
  // One more turn, so that a block at the very end is seen.
  await new Promise(setImmediate);
  return longest;
}

test('10,000 damaged files decode or are refused; none crashes, hangs or grows', async () => {
  const list = { name: 'LIST', body: new Uint8Array(9) };
  const clean = sampleFormats.map((format, i) =>
    riff([formatChunk({ ...recipe, format }, i % 2 === 1), list, dataChunk({ ...recipe, format })]),
  );
  const random = createRandom(1);
  const codes = new Map<string, number>();
  const before = process.memoryUsage().rss;
  let slowest = 0;
  for (let round = 0; round < 10_000; round += 1) {
    const file = clean[round % clean.length] ?? new Uint8Array(0);
    const bytes = file.slice(0, random(4) === 0 ? random(file.length) : file.length);
    // Mostly in the headers, where damage steers the decoder.
    const reach = random(5) === 0 ? bytes.length : Math.min(bytes.length, 90);
    for (let change = random(6); change >= 0; change -= 1) bytes[random(reach)] = random(256);
    const startedAt = performance.now();
    const code = await codeOf(bytes, 1 + random(2000));
    slowest = Math.max(slowest, performance.now() - startedAt);
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect([...codes.keys()].toSorted()).toEqual(['decoded', 'source-corrupt', 'source-empty', 'source-unsupported']);
  expect(codes.get('decoded')).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(1000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
}, 120_000);

test.each<[string, () => Uint8Array, string]>([
  [
    'zeros',
    () =>
      riff([
        { name: 'LIST', body: new Uint8Array(0) },
        { name: '\0\0\0\0', body: new Uint8Array(64 * MB) },
      ]),
    'source-corrupt',
  ],
  [
    'empty chunks',
    () => riff(Array.from({ length: 400_000 }, () => ({ name: 'junk', body: new Uint8Array(0) }))),
    'source-corrupt',
  ],
  [
    'minutes of audio ahead of their format',
    () => riff([dataChunk({ ...recipe, seconds: 200 }), formatChunk(recipe)]),
    'decoded',
  ],
  [
    'a rate that shares no divisor with 48 kHz',
    () => riff([formatChunk({ ...recipe, sampleRate: 8009 }), dataChunk({ ...recipe, seconds: 60 })]),
    'decoded',
  ],
])('%s do not hold the event loop', async (_, make, code) => {
  const bytes = make();
  const blocks: number[] = [];
  // The least of three: the process collects garbage and compiles meanwhile.
  for (let run = 0; run < 3 && !blocks.some((ms) => ms < 100); run += 1) {
    blocks.push(await longestBlock(async () => expect(await codeOf(bytes, 64 * 1024)).toBe(code)));
  }
  // Wanted: 20 ms.
  expect(Math.min(...blocks)).toBeLessThan(100);
});
