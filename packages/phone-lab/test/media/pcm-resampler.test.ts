import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PcmResampler } from '../../src/media/pcm-resampler.js';
import { detectTones, findClicks, joinPcm, levelDbfs, ToneGenerator } from '../../src/tones.js';

/** The samples in pieces of these lengths, again and again. */
function resample(pcm: Int16Array, from: number, to: number, lengths: readonly number[]): Int16Array {
  const resampler = new PcmResampler(from, to);
  const pieces: Int16Array[] = [];
  for (let [at, i] = [0, 0]; at < pcm.length; i += 1) {
    const length = lengths[i % lengths.length] ?? 1;
    pieces.push(resampler.push(pcm.subarray(at, at + length)));
    at += length;
  }
  return joinPcm(...pieces, resampler.end());
}

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000];

test.each(rates)('a tone at %i Hz keeps its pitch, level and length at 48 and at 16 kHz', (from) => {
  const pcm = new ToneGenerator([1000, 3000], from, { levelDbfs: -12 }).next(Math.floor(from / 2));
  for (const to of [48_000, 16_000]) {
    const out = resample(pcm, from, to, [Math.floor(from / 50)]);
    expect(Math.abs(out.length - (pcm.length * to) / from), `to ${to}`).toBeLessThanOrEqual(1);
    const tones = detectTones(out.subarray(1000, 1000 + to / 10), to, [1000, 2000, 3000]);
    expect(tones.map(({ frequency }) => frequency)).toEqual([1000, 3000]);
    for (const tone of tones) expect(Math.abs(tone.levelDbfs + 12), `${tone.frequency} Hz to ${to}`).toBeLessThan(0.7);
  }
});

test('what is above the lower rate does not fold back', () => {
  const out = resample(new ToneGenerator([20_000], 48_000).next(24_000), 48_000, 16_000, [480]);
  expect(levelDbfs(out)).toBeLessThan(-60);
});

test('pieces of any length give the same samples, without a seam', () => {
  const pcm = new ToneGenerator([700], 16_000).next(8000);
  const whole = resample(pcm, 16_000, 48_000, [8000]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }), (lengths) => {
      expect(Buffer.from(resample(pcm, 16_000, 48_000, lengths).buffer).equals(Buffer.from(whole.buffer))).toBe(true);
    }),
    { numRuns: 20 },
  );
  const inner = resample(whole, 48_000, 16_000, [333]).subarray(200, 7800);
  expect(findClicks(inner, 16_000)).toEqual([]);
});
