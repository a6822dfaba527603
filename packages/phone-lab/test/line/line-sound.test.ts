import { describe, expect, test } from 'vitest';
import { lineSoundPath } from '../../src/line/line-sound-path.js';
import { validateLineSound, type LineSound } from '../../src/line/line-sound.js';
import { roundToG711 } from '../../src/media/g711.js';
import { detectTones, joinPcm, levelDbfs, silencePcm, toneBurst } from '../../src/tones.js';

const rate = 48_000;
const frame = 960;

/** Sends samples through a line, frame by frame, while it hears `heard` (16 kHz) at the same pace. */
function send(line: LineSound, pcm: Int16Array, heard: Int16Array = new Int16Array()): Int16Array {
  const path = lineSoundPath(line);
  const hear = path?.hear();
  const sent: Int16Array[] = [];
  for (let at = 0; at < pcm.length; at += frame) {
    hear?.(heard.subarray(at / 3, (at + frame) / 3));
    sent.push(path?.run(pcm.subarray(at, at + frame)) ?? pcm.subarray(at, at + frame));
  }
  return joinPcm(...sent);
}

const levelOf = (pcm: Int16Array, frequency: number): number =>
  detectTones(pcm, rate, [frequency], { minLevelDbfs: -100 })[0]?.levelDbfs ?? -120;

describe('a line', () => {
  test('with a telephone codec carries nothing above 4 kHz, and a tone below as it is', () => {
    const pcm = toneBurst([1000, 6000], 1000, rate);
    for (const codec of ['pcmu', 'pcma'] as const) {
      const sent = send({ codec }, pcm);
      expect(sent.length).toBe(pcm.length);
      const middle = sent.subarray(9600, 38_400);
      expect(levelOf(middle, 1000)).toBeCloseTo(-20, 0);
      expect(levelOf(middle, 6000)).toBeLessThan(-60);
    }
  });

  test('sends frames without end and without a seam', () => {
    const sent = send({ codec: 'pcmu' }, toneBurst([1000], 1000, rate));
    const middle = sent.subarray(9600, 38_400);
    expect(levelDbfs(middle)).toBeCloseTo(-20, 0);
    expect(levelOf(middle, 1000) - levelDbfs(middle)).toBeGreaterThan(-0.05);
  });

  test('with an echo gives back what is heard, 30 dB softer, and at the delay less what is under way', () => {
    const heard = joinPcm(toneBurst([700], 200, 16_000), silencePcm(800, 16_000));
    const sent = send({ echo: { delayMs: 260 } }, silencePcm(1000, rate), heard);
    expect(levelOf(sent.subarray(210 * 48, 390 * 48), 700)).toBeCloseTo(-50, 0);
    expect(levelDbfs(sent.subarray(0, 190 * 48))).toBe(-120);
    expect(levelDbfs(sent.subarray(420 * 48))).toBe(-120);
  });

  test('with comfort noise has noise of that level', () => {
    expect(levelDbfs(send({ comfortNoise: -50 }, silencePcm(1000, rate)))).toBeCloseTo(-50, 0);
  });

  test('that leaves sound as it is has no path', () => {
    expect(lineSoundPath(undefined)).toBeUndefined();
    expect(lineSoundPath({ codec: 'opus' })).toBeUndefined();
  });

  test.each([
    [{ codec: 'g729' }, /line\.codec must be opus, pcmu or pcma, not g729/],
    [{ echo: { levelDb: 3 } }, /line\.echo\.levelDb must be -80 to 0 dB, not 3/],
    [{ echo: { delayMs: 50 } }, /line\.echo\.delayMs must be 100 to 2000 ms, not 50/],
    [{ comfortNoise: -10 }, /line\.comfortNoise must be -90 to -30 dBFS, not -10/],
    [{ comfortNoise: Number.NaN }, /not NaN/],
  ])('rejects %j by name', (line, message) => {
    expect(() => validateLineSound(line as LineSound)).toThrow(message);
  });
});

test('rounding to G.711 keeps 0 for µ-law, and errs by less than 1 in 25 of a loud sample', () => {
  expect([...roundToG711(Int16Array.of(0, 1000, -1000, 32_767), 'pcmu')]).toEqual([0, 988, -988, 32_124]);
  for (const law of ['pcmu', 'pcma'] as const) {
    for (let value = 500; value < 32_000; value += 97) {
      expect(Math.abs((roundToG711(Int16Array.of(value), law)[0] ?? 0) - value) / value).toBeLessThan(0.04);
    }
  }
});
