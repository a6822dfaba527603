import { EAR_SAMPLE_RATE } from '@org/phone-lab';
import { describe, expect, test } from 'vitest';
import { type HeardLoop, TONE, expectNoDrift, expectSteadyLoop } from '../support/hear.js';
import { HOST_VOICE } from '../support/stage.js';

const [CLIP_SECONDS, HEARD_SECONDS] = [3.0003, 20];

/** Some seconds of the tone; `time` says which of its moments sounds at a time, NaN where there is silence. */
function toneBy(time: (seconds: number) => number): Int16Array {
  return Int16Array.from({ length: HEARD_SECONDS * EAR_SAMPLE_RATE }, (_, i) => {
    const seconds = time(i / EAR_SAMPLE_RATE);
    return Number.isNaN(seconds) ? 0 : 16_384 * Math.sin(2 * Math.PI * TONE * seconds);
  });
}

const steady = toneBy((seconds) => seconds);
const beside = Int16Array.from(steady, (_, i) => 8000 * Math.sin((2 * Math.PI * HOST_VOICE * i) / EAR_SAMPLE_RATE));
const loopedAt = Array.from({ length: 12 }, (_, i) => i * (CLIP_SECONDS * 1000 - 25));
const heardOf = (heard: Partial<HeardLoop>): HeardLoop => ({
  clipSeconds: CLIP_SECONDS,
  heard: steady,
  beside,
  loopedAt,
  ...heard,
});

describe('the measure of a steady loop', () => {
  test('passes a continuous tone', () => {
    expectSteadyLoop(heardOf({}));
  });

  test.each<[string, (seconds: number) => number, RegExp]>([
    ['a seam without a crossfade', (seconds) => seconds % CLIP_SECONDS, /step/],
    ['a gap of 10 ms at each seam', (seconds) => (seconds % CLIP_SECONDS < 0.01 ? NaN : seconds), /gap/],
    ['a pitch that is 1 % off', (seconds) => seconds * 1.01, /pitch/],
  ])('rejects %s', (_, time, what) => {
    expect(() => expectSteadyLoop(heardOf({ heard: toneBy(time) }))).toThrow(what);
  });

  test('rejects loops that drift', () => {
    expectNoDrift(heardOf({}));
    const drifting = loopedAt.map((ms) => ms * 1.01);
    expect(() => expectNoDrift(heardOf({ loopedAt: drifting }))).toThrow(/less than/);
  });
});
