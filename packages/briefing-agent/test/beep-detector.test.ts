import { describe, expect, it } from 'vitest';
import { BeepDetector } from '../src/beep-detector.ts';

const RATE = 16_000;

/** Frequencies with their amplitudes, together. */
function sound(lengthMs: number, parts: readonly (readonly [hz: number, amplitude: number])[], noise = 0): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: (RATE * lengthMs) / 1000 }, (_, at) => {
    seed = (seed * 48_271) % 2_147_483_647;
    const tones = parts.reduce((sum, [hz, amplitude]) => sum + amplitude * Math.sin((2 * Math.PI * hz * at) / RATE), 0);
    return Math.round(32_767 * (tones + noise * ((seed % 2001) / 1000 - 1)));
  });
}

const silence = (lengthMs: number): Int16Array => new Int16Array((RATE * lengthMs) / 1000);

/** A voice: overtones of a gliding pitch under two formants, in syllables. */
function voice(lengthMs: number): Int16Array {
  let phase = 0;
  return Int16Array.from({ length: (RATE * lengthMs) / 1000 }, (_, at) => {
    const pitch = 140 + 40 * Math.sin((2 * Math.PI * 3 * at) / RATE);
    phase += (2 * Math.PI * pitch) / RATE;
    let sum = 0;
    for (let tone = 1; tone <= 20; tone += 1) {
      const hz = tone * pitch;
      sum += (1 / (1 + ((hz - 600) / 150) ** 2) + 0.5 / (1 + ((hz - 1500) / 250) ** 2)) * Math.sin(tone * phase);
    }
    const syllable = Math.max(0, Math.sin((2 * Math.PI * 4 * at) / RATE));
    return Math.round(32_767 * 0.15 * syllable * sum);
  });
}

/** In pieces that do not fit the windows; the place in ms at which a beep ended. */
function endOfBeep(...parts: Int16Array[]): number | undefined {
  const detector = new BeepDetector(RATE);
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  for (let at = 0; at < all.length; at += 333) {
    if (detector.hear(all.slice(at, at + 333))) return ((at + 333) * 1000) / RATE;
  }
  return undefined;
}

describe('the beep of a mailbox', () => {
  it.each([425, 800, 1000, 1400, 2100])('of %i Hz is heard when it ends', (hz) => {
    const at = endOfBeep(voice(1000), silence(200), sound(400, [[hz, 0.3]]), silence(500));
    expect(at).toBeGreaterThan(1590);
    expect(at).toBeLessThan(1700);
  });

  it('is heard over the noise of a line', () => {
    expect(endOfBeep(sound(400, [[1000, 0.3]], 0.015), sound(300, [], 0.015))).toBeDefined();
  });

  it.each<[string, Int16Array]>([
    ['a voice', voice(5000)],
    ['silence', silence(2000)],
    ['noise', sound(2000, [], 0.3)],
    ['a key', sound(300, [[770, 0.2], [1336, 0.2]])], // prettier-ignore
    ['ringback', sound(1000, [[440, 0.2], [480, 0.2]])], // prettier-ignore
    ['hum', sound(1000, [[50, 0.3]])],
    ['a click', sound(60, [[1000, 0.3]])],
    ['a tone of minutes', sound(5000, [[1000, 0.3]])],
    ['a beep far away', sound(400, [[1000, 0.002]])],
  ])('is not what %s is', (_, samples) => {
    expect(endOfBeep(silence(100), samples, silence(500))).toBeUndefined();
  });
});
