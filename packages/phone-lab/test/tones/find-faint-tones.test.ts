import { expect, test } from 'vitest';
import { findFaintTones } from '../../src/tones/find-faint-tones.js';
import { joinPcm, mixPcm, silencePcm, toneBurst, ToneGenerator } from '../../src/tones.js';
import { noise } from '../support/noise.js';

const rate = 16_000;
const silence = (ms: number) => silencePcm(ms, rate);
const tone = (frequency: number, ms: number, levelDbfs = -20) => toneBurst([frequency], ms, rate, { levelDbfs });
const find = (pcm: Int16Array, ...frequencies: number[]) => findFaintTones(pcm, rate, frequencies);

test.each([
  { levelDbfs: -70, ms: 1000, foundBy: 'duration' },
  { levelDbfs: -60, ms: 600, foundBy: 'duration' },
  { levelDbfs: -40, ms: 40, foundBy: 'level' },
  { levelDbfs: -20, ms: 40, foundBy: 'level' },
] as const)(
  'the search for faint tones finds $levelDbfs dBFS for $ms ms wherever it lies, at both ends too',
  ({ levelDbfs, ms, foundBy }) => {
    for (const before of [0, 1, 5, 13, 22, 31, 500]) {
      for (const after of [0, 3, 700]) {
        const found = find(joinPcm(silence(before), tone(1000, ms, levelDbfs), silence(after)), 1000);
        expect(found, `${before} ms before, ${after} ms after`).toHaveLength(1);
        expect(found[0]).toMatchObject({ frequency: 1000, foundBy });
        expect(Math.abs((found[0]?.startMs ?? NaN) - before)).toBeLessThanOrEqual(32);
        expect(Math.abs((found[0]?.lengthMs ?? NaN) - ms)).toBeLessThanOrEqual(48);
        expect(found[0]?.levelDbfs).toBeGreaterThan(levelDbfs - 3);
        expect(found[0]?.levelDbfs).toBeLessThan(levelDbfs + 1);
      }
    }
  },
);

const pieces = (count: number) =>
  joinPcm(...Array.from({ length: count }, () => joinPcm(silence(900), tone(1000, 100, -70))));

test('the search for faint tones adds up pieces of 100 ms that are far from each other, and leaves out what is too short in all', () => {
  expect(find(pieces(10), 1000)).toHaveLength(10);
  expect(find(pieces(1), 1000)).toEqual([]);
});

test('the search for faint tones takes nothing that begins, ends or is cut off elsewhere for a tone, not even when it is loud', () => {
  for (const levelDbfs of [-20, -10, -3]) {
    const cut = new ToneGenerator([600], rate, { levelDbfs }).next(rate * 0.3333);
    const pcm = joinPcm(tone(600, 300, levelDbfs), silence(100), cut, silence(217), cut, silence(50));
    expect(find(pcm, 440, 900, 1000, 1250, 1700, 2100, 3300)).toEqual([]);
  }
  expect(find(noise(-20, 3000, rate), 600, 1000, 1400, 1700)).toEqual([]);
});

test('the search for faint tones takes no harmonic of a clipped tone for a tone, but a tone beside it', () => {
  const clipped = Int16Array.from(tone(600, 3000, 0), (sample) => Math.max(-26_000, Math.min(26_000, sample)));
  expect(find(clipped, 1200, 1800, 3000)).toEqual([]);
  expect(find(mixPcm(clipped, tone(1000, 3000, -60)), 1000)).toHaveLength(1);
});

test('the search for faint tones finds a tone beside another one in the same samples that is 150 Hz away and 40 dB louder', () => {
  const pcm = mixPcm(tone(1000, 5000, -20), joinPcm(silence(1000), tone(1150, 3000, -60)));
  expect(find(pcm, 1150)).toMatchObject([{ foundBy: 'duration' }]);
  expect(find(tone(1000, 3000, -20), 850, 900, 1100, 1150)).toEqual([]);
});
