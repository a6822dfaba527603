import { EAR_SAMPLE_RATE } from '@org/phone-lab';
import { describe, expect, test } from 'vitest';
import { CLIP_SECONDS, type HeardLoop, TONE, expectSteadyLoop } from './support/hear.js';

/** A minute of the tone; `time` says which of its moments sounds at a time, NaN where there is silence. */
function toneBy(time: (seconds: number) => number): Int16Array {
  return Int16Array.from({ length: 60 * EAR_SAMPLE_RATE }, (_, i) => {
    const seconds = time(i / EAR_SAMPLE_RATE);
    return Number.isNaN(seconds) ? 0 : 16_384 * Math.sin(2 * Math.PI * TONE * seconds);
  });
}

const steady = toneBy((seconds) => seconds);
const loopedAt = Array.from({ length: 8 }, (_, i) => i * (CLIP_SECONDS * 1000 - 25));
const minute = (heard: Partial<HeardLoop>): HeardLoop => ({ heard: steady, beside: steady, loopedAt, ...heard });

describe('the measure of a steady loop', () => {
  test('passes a tone that goes on', () => {
    expectSteadyLoop(minute({}));
  });

  test.each<[string, (seconds: number) => number, RegExp]>([
    ['a seam without a crossfade', (seconds) => seconds % CLIP_SECONDS, /step/],
    ['a gap of 10 ms at each seam', (seconds) => (seconds % CLIP_SECONDS < 0.01 ? NaN : seconds), /gap/],
    ['a pitch that is 1 % off', (seconds) => seconds * 1.01, /pitch/],
  ])('refuses %s', (_, time, what) => {
    expect(() => expectSteadyLoop(minute({ heard: toneBy(time) }))).toThrow(what);
  });

  test('refuses loops that drift', () => {
    const drifting = loopedAt.map((ms) => ms * 1.005);
    expect(() => expectSteadyLoop(minute({ loopedAt: drifting }))).toThrow(/less than/);
  });
});
