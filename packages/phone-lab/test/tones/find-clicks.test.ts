import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findClicks, joinPcm, mixPcm, silencePcm, toneBurst, ToneGenerator } from '../../src/tones.js';
import { noise } from '../support/noise.js';

const rate = 16_000;
const tone = (frequencies: number[], ms: number, levelDbfs = -20) =>
  new ToneGenerator(frequencies, rate, { levelDbfs }).next((ms * rate) / 1000);
const at = (pcm: Int16Array) => findClicks(pcm, rate).map(({ atMs }) => atMs);

test('a step is reported with its place and height', () => {
  const pcm = new Int16Array(rate).fill(0).fill(3277, 8000);
  const [click, ...more] = findClicks(pcm, rate);
  expect(more).toEqual([]);
  expect(Math.abs((click?.atMs ?? 0) - 500)).toBeLessThanOrEqual(2);
  expect(Math.abs((click?.stepDbfs ?? 0) + 20)).toBeLessThan(3);
});

test('a tone that is cut off or begins at its peak clicks, and one with soft ends does not', () => {
  const cut = tone([1000], 300.25);
  const [off, on, ...more] = at(
    joinPcm(silencePcm(100, rate), toneBurst([1000], 100, rate), cut, silencePcm(100, rate)),
  );
  expect(more).toEqual([]);
  expect([off, on].filter((one) => one !== undefined).length).toBeGreaterThanOrEqual(1);
  expect(Math.abs((on ?? off ?? 0) - 500)).toBeLessThanOrEqual(4);
  expect(at(joinPcm(silencePcm(100, rate), toneBurst([1000], 300, rate), silencePcm(100, rate)))).toEqual([]);
});

test('samples that were lost, and a level that jumps, click', () => {
  const whole = tone([600], 500);
  const lost = joinPcm(whole.subarray(0, 4000), whole.subarray(4013));
  expect(Math.abs((at(lost)[0] ?? 0) - 250)).toBeLessThanOrEqual(4);
  const louder = new ToneGenerator([600], rate, { levelDbfs: -8 }).next(8000);
  // At a peak: at a zero crossing there is no jump, only a bend.
  const jump = joinPcm(whole.subarray(0, 4007), louder.subarray(4007));
  expect(at(jump)).toHaveLength(1);
});

test('every tone of the telephone band, at every level, alone or with another, is free of clicks', () => {
  const any = fc.tuple(fc.integer({ min: 100, max: 3400 }), fc.integer({ min: 100, max: 3400 }));
  fc.assert(
    fc.property(any, fc.integer({ min: -45, max: -10 }), (frequencies, level) => {
      expect(at(joinPcm(silencePcm(50, rate), toneBurst(frequencies, 300, rate, { levelDbfs: level })))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('noise and silence, also as frames of zeros, are no clicks, and a click in noise is one', () => {
  for (let seed = 1; seed <= 20; seed += 1) expect(at(noise(-20, 1000, rate, seed)), `seed ${seed}`).toEqual([]);
  expect(at(silencePcm(500, rate))).toEqual([]);
  const spike = silencePcm(500, rate);
  spike[4000] = 12_000;
  for (const pcm of [spike, mixPcm(noise(-45, 500, rate), spike)]) {
    const [click, ...more] = at(pcm);
    expect(more).toEqual([]);
    expect(Math.abs((click ?? 0) - 250)).toBeLessThanOrEqual(2);
  }
});

test('a step below the limit does not count', () => {
  const small = new Int16Array(4000).fill(0, 0, 2000).fill(200, 2000);
  expect(at(small)).toEqual([]);
  expect(findClicks(small, rate, { minStepDbfs: -50 })).toHaveLength(1);
});
