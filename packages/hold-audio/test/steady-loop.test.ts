import { EAR_SAMPLE_RATE } from '@org/phone-lab';
import { describe, expect, test } from 'vitest';
import { CLIP_SECONDS, TONE, expectSteadyLoop } from './support/hear.js';

const sound = (seconds: number): number => 16_384 * Math.sin(2 * Math.PI * TONE * seconds);

/** A minute of the tone, as a function of the time in seconds says, in loops of the clip's length. */
function minute(at: (seconds: number) => number): Parameters<typeof expectSteadyLoop>[0] {
  const make = (time: (seconds: number) => number): Int16Array =>
    Int16Array.from({ length: 60 * EAR_SAMPLE_RATE }, (_, i) => {
      const seconds = time(i / EAR_SAMPLE_RATE);
      return Number.isNaN(seconds) ? 0 : sound(seconds);
    });
  const loopedAt = Array.from({ length: 8 }, (_, i) => i * (CLIP_SECONDS * 1000 - 25));
  return { heard: make(at), beside: make((seconds) => seconds), loopedAt };
}

describe('the measure of a steady loop', () => {
  test('passes a tone that goes on', () => {
    expectSteadyLoop(minute((seconds) => seconds));
  });

  test.each<[string, (seconds: number) => number, RegExp]>([
    ['a seam without a crossfade', (seconds) => seconds % CLIP_SECONDS, /step/],
    ['a gap of 10 ms at each seam', (seconds) => (seconds % CLIP_SECONDS < 0.01 ? NaN : seconds), /gap/],
    ['a pitch that is 1 % off', (seconds) => seconds * 1.01, /pitch/],
  ])('refuses %s', (_, at, what) => {
    expect(() => expectSteadyLoop(minute(at))).toThrow(what);
  });

  test('refuses loops that drift', () => {
    const { loopedAt, ...rest } = minute((seconds) => seconds);
    expect(() => expectSteadyLoop({ ...rest, loopedAt: loopedAt.map((ms) => ms * 1.005) })).toThrow(
      /less than|greater than/,
    );
  });
});
