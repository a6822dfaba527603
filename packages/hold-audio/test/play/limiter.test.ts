import { expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../src/pcm/clip.js';
import { Limiter } from '../../src/play/limiter.js';
import { toneDb } from '../support/measure.js';

const FRAME = SAMPLE_RATE / 50;

/** Half a second of tones, by frequency and level, as the limiter gives them, in 16 bit. */
function limited(...tones: readonly (readonly [hz: number, level: number])[]): {
  given: Int16Array;
  taken: Float32Array;
} {
  const given = new Int16Array(SAMPLE_RATE / 2);
  const taken = Float32Array.from({ length: given.length }, (_, i) =>
    tones.reduce((sum, [hz, level]) => sum + 32_767 * level * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE), 0),
  );
  let at = 0;
  const reader = {
    read: (into: Float32Array) => into.set(taken.subarray(at, at + into.length)),
    close: () => undefined,
  };
  const limiter = new Limiter(reader);
  const frame = new Float32Array(FRAME);
  for (; at < given.length; at += FRAME) {
    limiter.read(frame);
    for (const [i, sample] of frame.entries()) given[at + i] = Math.max(-32_768, Math.min(32_767, Math.round(sample)));
  }
  return { given, taken };
}

test('music at full scale passes as it is', () => {
  const { given, taken } = limited([440, 1]);
  expect(given).toEqual(Int16Array.from(taken, Math.round));
});

test('an announcement over music, which together are too loud, is turned down and not cut', () => {
  const { given } = limited([440, 1], [1000, 1]);
  const level = (hz: number): number => toneDb(given, hz, SAMPLE_RATE, SAMPLE_RATE / 10);
  expect(level(440)).toBeGreaterThan(-7);
  expect(level(1000)).toBeGreaterThan(-7);
  // What a cut adds: both of these are 25 dB higher where samples are cut.
  expect(level(2 * 1000 - 440)).toBeLessThan(-50);
  expect(level(2 * 440 + 1000)).toBeLessThan(-50);
  expect(given.filter((sample) => Math.abs(sample) >= 32_767).length).toBeLessThan(given.length / 100);
});
