import { beforeAll, expect, test } from 'vitest';
import { synthesizeHoldMusic } from '../../src/music/synthesize-hold-music.js';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { HOLD_MUSIC_FREQUENCIES } from '../../src/testing.js';
import { leastBlockMs, mainCpuMs } from '../support/main-cpu.js';
import { levelDb, quietestDb, sharpestBend, toneDb } from '../support/measure.js';

const music = synthesizeHoldMusic();
const { samples } = music.clip;
const WINDOW = SAMPLE_RATE / 20;

beforeAll(() => music.complete);

test('the built-in clip lasts at least 30 s before it repeats', () => {
  expect(samples.length / SAMPLE_RATE).toBeGreaterThanOrEqual(30);
});

test('the built-in clip has no 50 ms that come near silence', () => {
  expect(quietestDb(samples, WINDOW, WINDOW / 5)).toBeGreaterThan(-30);
});

test('the built-in clip is as loud as speech on a telephone, and never clips', () => {
  // -18 dBFS RMS, 3 dB more relative to a sine.
  expect(Math.abs(levelDb(samples) - -15)).toBeLessThan(0.5);
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  expect(peak).toBeLessThan(25_000);
});

test('the built-in clip has every tone above 1.35 kHz at least 60 dB below the whole', () => {
  const second = SAMPLE_RATE;
  for (let at = 0; at + second <= samples.length; at += 6 * second) {
    const level = levelDb(samples, at, at + second);
    for (let frequency = 1360; frequency < 6500; frequency += 40) {
      expect(toneDb(samples, frequency, SAMPLE_RATE, at, at + second) - level).toBeLessThan(-60);
    }
  }
});

test('the built-in clip is heard through a telephone, by its tones above 300 Hz', () => {
  const second = SAMPLE_RATE;
  for (let at = 0; at + second <= samples.length; at += 3 * second) {
    const upper = HOLD_MUSIC_FREQUENCIES.filter((frequency) => frequency > 300);
    const loudest = Math.max(...upper.map((frequency) => toneDb(samples, frequency, SAMPLE_RATE, at, at + second)));
    expect(loudest).toBeGreaterThan(-30);
  }
});

test('the built-in clip has quarter seconds in each of which one of the published frequencies stands out', () => {
  const window = SAMPLE_RATE / 4;
  for (let at = 0; at + window <= samples.length; at += window) {
    const levels = HOLD_MUSIC_FREQUENCIES.map((frequency) => toneDb(samples, frequency, SAMPLE_RATE, at, at + window));
    expect(Math.max(...levels) - levelDb(samples, at, at + window)).toBeGreaterThan(-12);
  }
});

test('the built-in clip runs from its end into its beginning without a step', () => {
  const joined = Float32Array.from([...samples.subarray(-40), ...samples.subarray(0, 40)]);
  expect(sharpestBend(joined)).toBeLessThan(sharpestBend(samples.subarray(0, SAMPLE_RATE * 4)));
});

test('the built-in clip is computed beside a free event loop, its first bar long before the rest', async () => {
  const shares: number[] = [];
  const compute = async (): Promise<void> => {
    const startedAt = mainCpuMs();
    const again = synthesizeHoldMusic();
    await again.playable;
    const playableMs = mainCpuMs() - startedAt;
    await again.complete;
    shares.push(playableMs / (mainCpuMs() - startedAt));
  };
  // Wanted: 10 ms.
  expect(await leastBlockMs(50, compute)).toBeLessThan(50);
  expect(Math.min(...shares)).toBeLessThan(0.5);
});
