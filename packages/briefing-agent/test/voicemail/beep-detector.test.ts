import { describe, expect, it } from 'vitest';
import { BeepDetector } from '../../src/voicemail/beep-detector.ts';

const RATE = 16_000;

/** The sum of frequencies with their amplitudes. */
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

/** Detects in pieces that do not fit the windows. Returns the time at which a beep ended, in milliseconds. */
function endOfBeep(...parts: Int16Array[]): number | undefined {
  const detector = new BeepDetector(RATE);
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  for (let at = 0; at < all.length; at += 333) {
    if (detector.hear(all.slice(at, at + 333))) return ((at + 333) * 1000) / RATE;
  }
  return undefined;
}

type Part = readonly [hz: number, amplitude: number];

/** A repeated tone with its durations of sound and silence. */
const cadence = (times: number, onMs: number, offMs: number, ...parts: Part[]): Int16Array[] =>
  Array.from({ length: times }, () => [sound(onMs, parts), silence(offMs)]).flat();

/** A tone with overtones of the given amplitudes, and noise. */
const rich = (hz: number, noise: number, ...overtones: number[]): Int16Array =>
  sound(400, [0.3, ...overtones.map((share) => 0.3 * share)].map((amplitude, at) => [hz * (at + 1), amplitude]), noise); // prettier-ignore

describe('the beep of a voicemail', () => {
  it.each([425, 800, 1000, 1400, 2100])(
    'of %i Hz is heard 0.3 s after its end, or 0.6 s where networks signal',
    (hz) => {
      const at = endOfBeep(voice(1000), silence(200), sound(400, [[hz, 0.3]]), silence(800));
      const silentMs = hz === 425 ? 600 : 300;
      expect(at).toBeGreaterThan(1590 + silentMs);
      expect(at).toBeLessThan(1720 + silentMs);
    },
  );

  it.each<[string, Int16Array]>([
    ['in the noise of a line', rich(1000, 0.015)],
    ['in the noise of a car', rich(1000, 0.1)],
    ['with an overtone', rich(1000, 0, 0.25)],
    ['with two overtones', rich(800, 0.02, 0.3, 0.2)],
    ['with odd overtones, as of a cheap machine', rich(700, 0.02, 0, 0.33, 0, 0.2)],
    ['that is short', sound(160, [[1400, 0.2]])],
    ['that is long', sound(1800, [[1000, 0.2]])],
    ['that is quiet', sound(400, [[1000, 0.03]])],
  ])('is heard %s', (_, beep) => {
    expect(endOfBeep(voice(1000), silence(200), beep, sound(800, [], 0.002))).toBeDefined();
  });

  it('is heard in noise that continues after it', () => {
    expect(endOfBeep(voice(1000), rich(1000, 0.04), sound(800, [], 0.04))).toBeDefined();
  });

  it.each<[string, readonly Int16Array[]]>([
    ['a voice', [voice(5000)]],
    ['silence', [silence(2000)]],
    ['noise', [sound(2000, [], 0.3)]],
    ['a key', [sound(300, [[770, 0.2], [1336, 0.2]])]],
    ['hum', [sound(1000, [[50, 0.3]])]],
    ['a click', [sound(60, [[1000, 0.3]])]],
    ['a tone of minutes', [sound(5000, [[1000, 0.3]])]],
    ['a beep far away', [sound(400, [[1000, 0.002]])]],
    ['a tone after which a person speaks', [sound(400, [[1000, 0.3]]), voice(2000)]],
    ['ringback, American', cadence(2, 2000, 4000, [440, 0.2], [480, 0.2])],
    ['ringback, British', cadence(4, 400, 200, [400, 0.2], [450, 0.2])],
    ['ringback, European', cadence(3, 1000, 4000, [425, 0.2])],
    ['ringback, French, after an announcement', [voice(1000), silence(500), ...cadence(2, 1500, 3500, [440, 0.2])]],
    ['ringback, European, after an announcement', [voice(1000), silence(500), ...cadence(2, 1000, 4000, [425, 0.2])]],
    ['a busy tone, American', cadence(6, 500, 500, [480, 0.2], [620, 0.2])],
    ['a busy tone, European, after an announcement', [voice(1000), silence(200), ...cadence(6, 480, 480, [425, 0.2])]],
    ['a fast busy tone', [voice(1000), silence(200), ...cadence(8, 240, 240, [425, 0.2])]],
    ['a fast busy tone of another frequency', [voice(1000), silence(200), ...cadence(8, 250, 250, [600, 0.2])]],
    ['the three tones of "not in service"', [sound(330, [[950, 0.2]]), sound(330, [[1400, 0.2]]), sound(330, [[1800, 0.2]]), silence(1000), voice(1000)]],
    ['the same with gaps', [950, 1400, 1800].flatMap((hz) => [sound(330, [[hz, 0.2]]), silence(30)]).concat([silence(1000)])],
    ['a fax that calls', cadence(4, 500, 3000, [1100, 0.2])],
    ['a fax that answers', [sound(3000, [[2100, 0.2]]), silence(100), sound(1000, [[1650, 0.2], [1850, 0.2]])]],
    ['call waiting', [voice(1000), silence(300), ...cadence(2, 300, 10_000, [440, 0.2])]],
  ])('is not %s', (_, samples) => {
    expect(endOfBeep(silence(100), ...samples, silence(700))).toBeUndefined();
  }); // prettier-ignore

  it.each([
    [400, 600],
    [500, 600],
    [800, 600],
    [900, 5_200],
    [1_000, 5_200],
  ])(
    'of 440 Hz that lasts %i ms is heard %i ms after its end: what networks signal comes again by then',
    (length, after) => {
      const at = endOfBeep(voice(1000), silence(200), sound(length, [[440, 0.3]]), silence(after + 400));
      expect(at).toBeGreaterThan(1190 + length + after);
      expect(at).toBeLessThan(1320 + length + after);
    },
  );

  it('does not repeat: a repeated tone is a signal', () => {
    const detector = new BeepDetector(RATE);
    const heard = cadence(3, 400, 1000, [1000, 0.3]).map((part) => detector.hear(part));
    expect(heard).toEqual([false, true, false, false, false, false]);
  });
});
