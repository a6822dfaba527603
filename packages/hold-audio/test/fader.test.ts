import { expect, test } from 'vitest';
import { Fader } from '../src/play/fader.js';

const ones = (count: number): Float32Array => new Float32Array(count).fill(10_000);

function run(fader: Fader, count: number): Int16Array {
  const out = new Int16Array(count);
  fader.apply(ones(count), out);
  return out;
}

test('a fade-in rises from silence to the volume in its time', () => {
  const fader = new Fader(0.5, 48_000);
  fader.fadeIn(100);
  const out = run(fader, 4810);
  expect(out[0]).toBeLessThan(10);
  // Half-way in time the power is half.
  expect(Math.abs((out[2400] ?? 0) - 5000 * Math.SQRT1_2)).toBeLessThan(10);
  expect(out[4799]).toBe(5000);
  for (let i = 1; i < out.length; i += 1) expect(out[i]).toBeGreaterThanOrEqual(out[i - 1] ?? 0);
});

test('a fade-out that interrupts a fade-in begins at the level reached', () => {
  const fader = new Fader(1, 48_000);
  fader.fadeIn(100);
  const reached = run(fader, 1000)[999] ?? 0;
  fader.fadeOut(100);
  const out = run(fader, 1100);
  expect(Math.abs((out[0] ?? 0) - reached)).toBeLessThan(5);
  expect(out[1050]).toBe(0);
  expect(fader.silent).toBe(true);
});

test('no time to fade means at once', () => {
  const fader = new Fader(1, 48_000);
  fader.fadeIn(0);
  expect(run(fader, 1)[0]).toBe(10_000);
  fader.fadeOut(0);
  expect(run(fader, 1)[0]).toBe(0);
});

test('too loud samples are cut at full scale, not wrapped around', () => {
  const fader = new Fader(1, 48_000);
  fader.fadeIn(0);
  const out = new Int16Array(2);
  fader.apply(Float32Array.from([40_000, -40_000]), out);
  expect([...out]).toEqual([32_767, -32_768]);
});
