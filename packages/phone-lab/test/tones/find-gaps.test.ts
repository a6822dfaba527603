import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findGaps, joinPcm, mixPcm, silencePcm, toneBurst, ToneGenerator } from '../../src/tones.js';
import { noise } from '../support/noise.js';

const rate = 16_000;
const tone = (frequency: number, ms: number, levelDbfs = -20) =>
  new ToneGenerator([frequency], rate, { levelDbfs }).next((ms * rate) / 1000);

const around = (middle: Int16Array) => joinPcm(tone(800, 200), middle, tone(800, 200));

test('a gap is reported with its start and length, wherever it lies', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 400 }), fc.integer({ min: 45, max: 900 }), (before, length) => {
      const pcm = joinPcm(tone(1000, before), silencePcm(length, rate), tone(1000, 200));
      const gaps = findGaps(pcm, rate);
      expect(gaps).toHaveLength(1);
      expect(Math.abs((gaps[0]?.startMs ?? 0) - before)).toBeLessThan(1);
      expect(Math.abs((gaps[0]?.lengthMs ?? 0) - length)).toBeLessThan(1);
    }),
    { numRuns: 50 },
  );
});

test('silence before the first sound and after the last is no gap, nor is silence alone', () => {
  expect(findGaps(joinPcm(silencePcm(500, rate), tone(600, 300), silencePcm(500, rate)), rate)).toEqual([]);
  expect(findGaps(silencePcm(1000, rate), rate)).toEqual([]);
  expect(findGaps(new Int16Array(), rate)).toEqual([]);
});

test('a tone as low and as quiet as can be has no gap, nor have two that beat, nor a clipped one', () => {
  expect(findGaps(tone(100, 2000, -45), rate)).toEqual([]);
  expect(findGaps(mixPcm(tone(1000, 2000), tone(1007, 2000)), rate)).toEqual([]);
  expect(findGaps(tone(400, 2000, 12), rate)).toEqual([]);
});

test('silence that hums a little is silence, and noise that is heard is none', () => {
  expect(findGaps(around(noise(-60, 300, rate)), rate)).toHaveLength(1);
  expect(findGaps(around(noise(-40, 300, rate)), rate)).toEqual([]);
});

test('a shorter silence is no gap unless asked for', () => {
  const pcm = joinPcm(tone(1000, 200), silencePcm(20, rate), tone(1000, 200));
  expect(findGaps(pcm, rate)).toEqual([]);
  expect(findGaps(pcm, rate, { minMs: 15 })).toHaveLength(1);
  expect(findGaps(joinPcm(tone(1000, 200, -55), toneBurst([600], 200, rate)), rate)).toEqual([]);
});
