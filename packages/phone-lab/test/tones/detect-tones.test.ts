import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  detectTones,
  joinPcm,
  levelDbfs,
  mixPcm,
  samplesIn,
  SILENCE_DBFS,
  silencePcm,
  toneBurst,
  ToneGenerator,
  toneTimeline,
} from '../../src/tones.js';
import { noise as steadyNoise } from '../support/noise.js';

const rate = 16_000;
const candidates = [400, 600, 1000, 1700, 2300, 2400, 2500];
const found = (pcm: Int16Array, frequencies = candidates) =>
  detectTones(pcm, rate, frequencies).map((tone) => tone.frequency);
const tone = (frequencies: number[], levelDbfsOfEach = -20, ms = 100) =>
  new ToneGenerator(frequencies, rate, { levelDbfs: levelDbfsOfEach }).next(samplesIn(ms, rate));

const noise = (peakDbfs: number, ms = 100, seed = 1) => steadyNoise(peakDbfs, ms, rate, seed);

test('a tone is found at its level, and no other', () => {
  for (const frequency of candidates) {
    const [one, ...others] = detectTones(tone([frequency]), rate, candidates);
    expect(one?.frequency).toBe(frequency);
    expect(one?.levelDbfs).toBeCloseTo(-20, 0);
    expect(others).toEqual([]);
  }
});

test('silence, also as frames of zeros, holds no tone', () => {
  expect(found(new Int16Array())).toEqual([]);
  expect(found(silencePcm(100, rate))).toEqual([]);
  expect(found(Int16Array.from({ length: 1600 }, (_, i) => (i % 2 === 0 ? 1 : -1)))).toEqual([]);
  expect(levelDbfs(silencePcm(100, rate))).toBe(SILENCE_DBFS);
});

test('two tones at the same time are both found, also when one is 20 dB below the other', () => {
  expect(found(tone([1000, 2400]))).toEqual([1000, 2400]);
  expect(found(mixPcm(tone([1000], -10), tone([1700], -30)))).toEqual([1000, 1700]);
  expect(found(mixPcm(tone([2300], -10), tone([2400], -30)))).toEqual([2300, 2400]);
});

test('noise is no tone, and hides none that stands out', () => {
  for (let seed = 1; seed <= 200; seed += 1) expect(found(noise(-20, 100, seed)), `seed ${seed}`).toEqual([]);
  for (let seed = 1; seed <= 50; seed += 1) {
    expect(found(mixPcm(tone([1000], -30), noise(-25, 100, seed))), `seed ${seed}`).toContain(1000);
  }
});

test('a clipped tone is itself only, not its harmonics', () => {
  const clipped = tone([400], 12);
  expect(Math.max(...clipped)).toBe(32_767);
  expect(found(clipped, [400, 800, 1200, 2000, 2800, 3600])).toEqual([400]);
});

test('a tone three times as high as a loud one is found when it is no harmonic of clipping', () => {
  expect(found(mixPcm(tone([400], -10), tone([1200], -25)), [400, 1200])).toEqual([400, 1200]);
});

test('a tone below -45 dBFS does not count, one above does', () => {
  expect(found(tone([1000], -50))).toEqual([]);
  expect(found(tone([1000], -42))).toEqual([1000]);
});

test('a click is no tone', () => {
  const pcm = silencePcm(100, rate);
  pcm[800] = 32_767;
  expect(found(pcm)).toEqual([]);
});

test('any tone at any phase and level is found in any window of 60 ms or more', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...candidates),
      fc.double({ min: -40, max: -1, noNaN: true }),
      fc.integer({ min: 60, max: 400 }),
      fc.nat(1000),
      (frequency, level, ms, skip) => {
        const generator = new ToneGenerator([frequency], rate, { levelDbfs: level });
        generator.next(skip);
        expect(found(generator.next(samplesIn(ms, rate)))).toEqual([frequency]);
      },
    ),
    { numRuns: 200 },
  );
});

test('a timeline names what sounds when, and what it cannot explain', () => {
  const pcm = joinPcm(
    silencePcm(300, rate),
    toneBurst([600], 500, rate),
    silencePcm(200, rate),
    toneBurst([1700], 400, rate),
    noise(-20, 300),
  );
  const windows = toneTimeline(pcm, rate, [
    { name: 'anna', frequencies: [600, 2300] },
    { name: 'bob', frequencies: [1000] },
  ]);
  const heard = windows.map((window) => window.heard.join() || (window.other ? 'other' : ''));
  expect(heard).toEqual(['', '', '', ...Array<string>(5).fill('anna'), '', '', ...Array<string>(7).fill('other')]);
});

test('a tone that starts and ends inside windows is explained at its edges too', () => {
  for (const offset of [10, 30, 50, 70, 90]) {
    const pcm = joinPcm(silencePcm(offset, rate), toneBurst([600], 430, rate), silencePcm(200, rate));
    const windows = toneTimeline(pcm, rate, [{ name: 'anna', frequencies: [600] }]);
    expect(
      windows.filter((window) => window.other),
      `offset ${offset}`,
    ).toEqual([]);
    expect(windows.filter((window) => window.heard.length > 0).length).toBeGreaterThanOrEqual(4);
  }
});
