import { describe, expect, it } from 'vitest';
import { LineEar } from '../../src/session/line-ear.ts';

const RATE = 16_000;

/** A sound of a level in dBFS, or noise alone, in milliseconds. */
function sound(lengthMs: number, dbfs: number, noiseDbfs = -90): Int16Array {
  let seed = 1;
  const [tone, noise] = [dbfs, noiseDbfs].map((level) => 10 ** (level / 20)) as [number, number];
  return Int16Array.from({ length: (RATE * lengthMs) / 1000 }, (_, at) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return 32_767 * (tone * Math.sin((2 * Math.PI * 300 * at) / RATE) + noise * ((seed % 2001) / 1000 - 1) * 1.2);
  });
}

/** Returns when the line sounds and is quiet, in milliseconds, from pieces that do not fit the windows. */
function changes(...parts: readonly Int16Array[]): [number, boolean][] {
  const ear = new LineEar();
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  const heard: [number, boolean][] = [];
  for (let at = 0; at < all.length; at += 333) {
    const now = Math.round(((at + 333) * 1000) / RATE / 20) * 20;
    heard.push(...ear.hear(all.slice(at, at + 333), RATE).map((change): [number, boolean] => [now, change.now]));
  }
  return heard;
}

const silence = (lengthMs: number): Int16Array => sound(lengthMs, -90);

describe('the line', () => {
  it('sounds after 80 ms, and is quiet after 240 ms', () => {
    expect(changes(silence(400), sound(600, -20), silence(600))).toEqual([
      [500, true],
      [1240, false],
    ]);
  });

  it('is reported to have sounded for the time of the sound, and 160 ms', () => {
    const ear = new LineEar();
    expect(ear.hear(silence(400), RATE)).toEqual([]);
    expect(ear.hear(sound(600, -20), RATE)).toEqual([{ now: true, forMs: 480 }]);
    expect(ear.hear(silence(400), RATE)).toEqual([{ now: false, forMs: 760 }]);
  });

  it.each<[string, readonly Int16Array[]]>([
    ['a stop inside a word', [sound(300, -20), silence(160), sound(300, -20)]],
    ['a soft end of a word', [sound(300, -20), sound(200, -36), sound(200, -20)]],
    ['noise as loud as that', [sound(300, -20, -34), sound(600, -90, -34)]],
  ])('is not quiet during %s', (_, parts) => {
    expect(changes(silence(200), ...parts).map(([, sounds]) => sounds)).toEqual([true]);
  });

  it.each<[string, readonly Int16Array[], readonly boolean[]]>([
    ['in the noise of a car', [sound(500, -20, -45), sound(500, -90, -45)], [true, false]],
    ['far away', [sound(500, -40), silence(500)], [true, false]],
    ['after a bell that was louder', [sound(300, -6), silence(2_000), sound(500, -24), silence(500)], [true, false, true, false]],
  ])('is heard %s', (_, parts, expected) => {
    expect(changes(silence(200), ...parts).map(([, sounds]) => sounds)).toEqual(expected);
  }); // prettier-ignore

  it.each<[string, readonly Int16Array[]]>([
    ['a click', [sound(40, -10)]],
    ['a hiss', [sound(1_000, -90, -50)]],
  ])('does not sound with %s', (_, parts) => {
    expect(changes(silence(200), ...parts, silence(500))).toEqual([]);
  });

  it('sounds again after a softer echo only if that is nearly as loud', () => {
    const speech = [sound(600, -20), silence(400)];
    expect(changes(...speech, sound(600, -45)).map(([, sounds]) => sounds)).toEqual([true, false]);
    expect(changes(...speech, sound(600, -26)).map(([, sounds]) => sounds)).toEqual([true, false, true]);
  });
});
