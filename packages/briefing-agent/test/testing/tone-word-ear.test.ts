import { describe, expect, it } from 'vitest';
import { toneFrames } from '../../src/testing.ts';
import { ToneWordEar, type ToneWordEvent } from '../../src/testing/tone-word-ear.ts';

const words = { yes: 2300, no: 2400, hello: 3300 };
const RATE = 24_000;

function tone(frequency: number, lengthMs: number, amplitude = 0.3): Int16Array {
  const frames = toneFrames({ frequency, lengthMs, sampleRate: RATE, amplitude });
  return Int16Array.from(frames.flatMap(({ data }) => [...data]));
}

const silence = (lengthMs: number): Int16Array => new Int16Array((RATE * lengthMs) / 1000);

function mix(a: Int16Array, b: Int16Array): Int16Array {
  return a.map((sample, index) => sample + (b[index] ?? 0));
}

/** Hears the parts one after the other, in pieces that do not fit the windows. */
function hear(...parts: Int16Array[]): ToneWordEvent[] {
  const ear = new ToneWordEar(words);
  const all = Int16Array.from(parts.flatMap((part) => [...part]));
  const events: ToneWordEvent[] = [];
  for (let at = 0; at < all.length; at += 777) events.push(...ear.hear(all.slice(at, at + 777), RATE));
  return events;
}

const wordsIn = (events: ToneWordEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'ended' ? [event.word] : []));

describe('the ear for tone words', () => {
  it.each(Object.entries(words))('hears %s', (word, frequency) => {
    expect(hear(silence(100), tone(frequency, 300), silence(300))).toEqual([
      { type: 'started' },
      { type: 'ended', word },
    ]);
  });

  it('hears a word beside the tone of a voice, also a louder one', () => {
    const said = mix(tone(2300, 300, 0.2), tone(1500, 300, 0.4));
    expect(wordsIn(hear(said, silence(300)))).toEqual(['yes']);
  });

  it('hears words one after the other', () => {
    const said = hear(tone(2300, 300), silence(200), tone(2300, 300), silence(200), tone(2400, 300), silence(200));
    expect(wordsIn(said)).toEqual(['yes', 'yes', 'no']);
  });

  it('does not hear sound that is too short, too quiet, not a word, or noise', () => {
    let seed = 1;
    const noise = Int16Array.from({ length: RATE }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (seed % 20_000) - 10_000;
    });
    expect(hear(tone(2300, 80), silence(300))).toEqual([]);
    expect(hear(tone(2300, 300, 0.003), silence(300))).toEqual([]);
    expect(hear(tone(1500, 300), tone(2350, 300), silence(300))).toEqual([]);
    expect(hear(noise, silence(300))).toEqual([]);
  });

  it('does not choose between two simultaneous words', () => {
    expect(hear(mix(tone(2300, 300), tone(2400, 300)), silence(300))).toEqual([]);
  });
});
