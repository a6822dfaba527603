import { expect, test } from 'vitest';
import { holdAudioDefaults } from '../../src/options/hold-audio-options.js';
import { Fader } from '../../src/play/fader.js';
import { toneDb } from '../support/measure.js';

const ones = (count: number): Float32Array => new Float32Array(count).fill(10_000);

function run(fader: Fader, count: number): Int16Array {
  const out = new Int16Array(count);
  fader.apply(ones(count), out);
  return out;
}

test('a fade-in rises from silence to full scale in its time', () => {
  const fader = new Fader(48_000);
  fader.fadeIn(100);
  const out = run(fader, 4810);
  expect(out[0]).toBeLessThan(20);
  // Half-way in time the power is half.
  expect(Math.abs((out[2400] ?? 0) - 10_000 * Math.SQRT1_2)).toBeLessThan(10);
  expect(out[4799]).toBe(10_000);
  for (let i = 1; i < out.length; i += 1) expect(out[i]).toBeGreaterThanOrEqual(out[i - 1] ?? 0);
});

test('a fade-out that interrupts a fade-in begins at the level reached', () => {
  const fader = new Fader(48_000);
  fader.fadeIn(100);
  const reached = run(fader, 1000)[999] ?? 0;
  fader.fadeOut(100);
  const out = run(fader, 1100);
  expect(Math.abs((out[0] ?? 0) - reached)).toBeLessThan(5);
  expect(out[1050]).toBe(0);
  expect(fader.silent).toBe(true);
});

test('a fade of 0 ms is immediate', () => {
  const fader = new Fader(48_000);
  fader.fadeIn(0);
  expect(run(fader, 1)[0]).toBe(10_000);
  fader.fadeOut(0);
  expect(run(fader, 1)[0]).toBe(0);
});

test('too loud samples are cut at full scale, not wrapped around', () => {
  const fader = new Fader(48_000);
  fader.fadeIn(0);
  const out = new Int16Array(2);
  fader.apply(Float32Array.from([40_000, -40_000]), out);
  expect([...out]).toEqual([32_767, -32_768]);
});

/** The power that a tone's beginning scatters over the upper half of a telephone's band, at worst; in dB beside the tone. */
function clickDb(fadeInMs: number, hz: number): number {
  const [rate, quiet, window] = [48_000, 4800, 960];
  const powers = [0, 1, 2, 3].flatMap((quarter) => {
    const phase = (quarter * Math.PI) / 2;
    const tone = Float32Array.from(
      { length: 9600 },
      (_, i) => 20_000 * Math.sin((2 * Math.PI * hz * i) / rate + phase),
    );
    const fader = new Fader(rate);
    fader.fadeIn(fadeInMs);
    const begun = new Int16Array(quiet + tone.length);
    fader.apply(tone, begun.subarray(quiet));
    const full = toneDb(begun, hz, rate, begun.length - 4800);
    return [-480, 0, 480, 960].map((at) => {
      let power = 0;
      for (let other = 1700; other <= 3400; other += rate / window) {
        power += 10 ** ((toneDb(begun, other, rate, quiet + at, quiet + at + window) - full) / 10);
      }
      // A Hann window shows each line one and a half times.
      return power / 1.5;
    });
  });
  return 10 * Math.log10(Math.max(...powers));
}

test('the fade-in that is the default does not click, and is the shortest of whole frames that does not', () => {
  const { fadeInMs } = holdAudioDefaults;
  // As high as a melody goes: what is scattered from there is the most.
  const hz = 880;
  expect(clickDb(0, hz)).toBeGreaterThan(-30);
  expect(clickDb(fadeInMs / 2, hz)).toBeGreaterThan(-60);
  expect(clickDb(fadeInMs, hz)).toBeLessThan(-60);
  expect(fadeInMs).toBe(20);
});
