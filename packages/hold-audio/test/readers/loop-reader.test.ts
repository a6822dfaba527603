import { expect, test } from 'vitest';
import { LoopReader } from '../../src/readers/loop-reader.js';
import { SAMPLE_RATE, type Clip } from '../../src/pcm/clip.js';
import { levelDb } from '../support/measure.js';

const OVERLAP = SAMPLE_RATE / 50;

const clipOf = (seconds: number, wave: (i: number) => number, seamless = false): Clip => ({
  samples: Int16Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => Math.round(wave(i))),
  seamless,
});

function play(clip: Clip, seconds: number): { heard: Float32Array; loops: number } {
  let loops = 0;
  const reader = new LoopReader(clip, () => (loops += 1));
  const heard = new Float32Array(seconds * SAMPLE_RATE);
  for (let at = 0; at < heard.length; at += 960) reader.read(heard.subarray(at, at + 960));
  return { heard, loops };
}

/** From -1 to 1, without a pattern. */
function noise(i: number): number {
  let x = Math.imul(i + 1, 0x9e37_79b1);
  x = Math.imul(x ^ (x >>> 15), 0x85eb_ca6b);
  return (x ^ (x >>> 13)) / 2 ** 31;
}

/** The largest step from one sample to the next. */
const steepest = (wave: Float32Array): number =>
  wave.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (wave[i - 1] ?? sample))), 0);

const tone = (i: number): number => 10_000 * Math.sin((2 * Math.PI * 433.3 * i) / SAMPLE_RATE);

test('a tone that does not fit the clip crosses the seam without a step', () => {
  const { heard, loops } = play(clipOf(1.01, tone), 5);
  expect(loops).toBe(5);
  const step = 10_000 * ((2 * Math.PI * 433.3) / SAMPLE_RATE);
  expect(steepest(heard)).toBeLessThan(step * 1.1);
});

test('a clip that closes on itself is repeated sample by sample', () => {
  const clip = clipOf(0.5, (i) => (i * 7919) % 20_011, true);
  const { heard, loops } = play(clip, 2);
  expect(loops).toBe(4);
  const twice = Float32Array.from([...clip.samples, ...clip.samples]);
  expect(heard.subarray(0, twice.length)).toEqual(twice);
  expect(heard.subarray(twice.length)).toEqual(twice);
});

test.each([
  ['a tone', tone],
  ['a chord', (i: number) => tone(i) / 3 + tone(i * 1.26) / 3 + tone(i * 1.5) / 3],
  ['noise', (i: number) => 10_000 * noise(i)],
])('the level of %s stays within 1.5 dB over every seam', (_, wave) => {
  const clip = clipOf(1.0007, wave);
  const { heard } = play(clip, 4);
  const usual = levelDb(clip.samples);
  for (let at = 0; at + 480 <= heard.length; at += 240) {
    expect(Math.abs(levelDb(heard, at, at + 480) - usual)).toBeLessThan(1.5);
  }
});

test('each time round has the same length, an hour later too', () => {
  let reads = 0;
  const times: number[] = [];
  const clip = clipOf(7, () => 1000);
  const reader = new LoopReader(clip, () => times.push(reads));
  const frame = new Float32Array(SAMPLE_RATE);
  for (; reads < 3600; reads += 1) reader.read(frame);
  const period = 7 - OVERLAP / SAMPLE_RATE;
  expect(times).toHaveLength(Math.floor((3600 - OVERLAP / SAMPLE_RATE) / period));
});
