import { expect } from 'vitest';
import { HoldAudioError } from '../../src/hold-audio-error.js';
import { decodeWav } from '../../src/decode/decode-wav.js';
import { mainCpuMs } from './main-cpu.js';
import { dataChunk, formatChunk, riff, sampleFormats, sine, type WavRecipe } from './make-wav.js';
import { createRandom } from './random.js';

export const MB: number = 1024 * 1024;
export const short: WavRecipe = { sampleRate: 8000, seconds: 0.11, signal: sine(440) };

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** `decoded`, the code of the error, or what should not be. */
export async function resultOf(bytes: Uint8Array, pieceBytes: number): Promise<string> {
  try {
    const { samples } = await decodeWav(inPieces(bytes, pieceBytes));
    // Eight bits at the lowest rate become sixteen at the highest, and no more.
    return samples.byteLength <= bytes.length * 12 ? 'decoded' : `grew to ${samples.byteLength} bytes`;
  } catch (error) {
    return HoldAudioError.isInstance(error) ? error.code : `threw ${String(error)}`;
  }
}

/** So many files of every format, each damaged in another way, decode or are refused: none crashes, hangs or grows. */
export async function expectBearsDamage(files: number): Promise<void> {
  const list = { name: 'LIST', body: new Uint8Array(9) };
  const clean = sampleFormats.map((format, i) =>
    riff([formatChunk({ ...short, format }, i % 2 === 1), list, dataChunk({ ...short, format })]),
  );
  const random = createRandom(1);
  const results = new Map<string, number>();
  const before = process.memoryUsage().rss;
  let slowestMs = 0;
  for (let round = 0; round < files; round += 1) {
    const file = clean[round % clean.length] ?? new Uint8Array(0);
    const bytes = file.slice(0, random(4) === 0 ? random(file.length) : file.length);
    // Mostly in the headers, where damage steers the decoder.
    const reach = random(5) === 0 ? bytes.length : Math.min(bytes.length, 90);
    for (let change = random(6); change >= 0; change -= 1) bytes[random(reach)] = random(256);
    const startedAt = mainCpuMs();
    const result = await resultOf(bytes, 1 + random(2000));
    slowestMs = Math.max(slowestMs, mainCpuMs() - startedAt);
    results.set(result, (results.get(result) ?? 0) + 1);
  }
  expect([...results.keys()].toSorted()).toEqual(['decoded', 'source-corrupt', 'source-empty', 'source-unsupported']);
  expect(results.get('decoded')).toBeGreaterThan(files / 10);
  expect(slowestMs).toBeLessThan(1000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
}
