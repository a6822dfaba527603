import { describe, expect, test } from 'vitest';
import { RecordingEar } from '../../src/ears/recording-ear.js';
import { partySound } from '../../src/sounds/party-sound.js';
import { levelDbfs, queueMusic, speechLike, toneBurst, VOICE_MARKS } from '../../src/tones.js';
import { noise } from '../support/noise.js';
import { phrasesOf, toEar, utterance } from '../support/utterances.js';

const rate = 48_000;

function earOf(pcm: Int16Array): RecordingEar {
  const ear = new RecordingEar();
  ear.record({ publisher: 'p', trackName: '', trackSid: '' })(toEar(pcm));
  return ear;
}

const marks = VOICE_MARKS.map((mark) => ({ name: String(mark), frequencies: [mark] }));

const marksIn = (ear: RecordingEar): number[] => {
  const heard = new Set(ear.timeline(marks).flatMap((window) => window.heard));
  return VOICE_MARKS.filter((mark) => heard.has(String(mark)));
};

describe('the mark of a party', () => {
  test('is heard for as long as the party speaks, and no other mark is', () => {
    for (let i = 1; i < 5; i += 1) {
      const { mark, pcm } = utterance(i);
      const ear = earOf(pcm);
      expect(marksIn(ear)).toEqual([mark]);
      const speechMs = phrasesOf(pcm).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      expect(ear.heardMs(mark)).toBeGreaterThan(speechMs * 0.85 - 100);
      expect(ear.heardMs(mark)).toBeLessThan(speechMs + 200);
    }
  });

  test('is heard also if it is none of the usual ones', () => {
    expect(earOf(speechLike('Hello, who is this?', rate, { mark: 1130 })).heardMs(1130)).toBeGreaterThan(800);
  });

  test('is heard while another party speaks', () => {
    const [first, second] = [
      speechLike('One two three four', rate, { mark: 600 }),
      speechLike('No, wait a moment', rate, { mark: 1000, seed: 2 }),
    ];
    const both = Int16Array.from(first, (sample, i) => sample + (second[i] ?? 0));
    const ear = earOf(both);
    expect(marksIn(ear)).toEqual([600, 1000]);
    expect(ear.heardMs(1000)).toBeGreaterThan(500);
  });

  test('is added to any sound, from which all marks are taken out', () => {
    const tones = Float64Array.from(
      toneBurst(VOICE_MARKS, 2000, rate, { levelDbfs: -30 }),
      (sample) => sample / 32_768,
    );
    const hiss = noise(-20, 2000, rate);
    const sound = partySound(
      tones.map((sample, i) => sample + (hiss[i] ?? 0) / 32_768),
      rate,
      { mark: 1700 },
    );
    expect(marksIn(earOf(sound))).toEqual([1700]);
  });
});

test('speech-like sound has the level that is asked for, and is silence between phrases', () => {
  for (const level of [-30, -20]) {
    const pcm = speechLike('Seventeen people', rate, { levelDbfs: level });
    expect(Math.abs(levelDbfs(pcm) - level)).toBeLessThan(1);
  }
  const [first, second] = phrasesOf(utterance(1).pcm);
  const pause = utterance(1).pcm.subarray(((first?.endMs ?? 0) + 60) * 48, ((second?.startMs ?? 0) - 20) * 48);
  expect(levelDbfs(pause)).toBeLessThan(-45);
});

const lengthMs = (words: string): number => speechLike(words, rate).length / 48;

test('a syllable takes 200 to 250 ms, the last one of a phrase more, and words without vowels have some too', () => {
  expect(lengthMs('potato')).toBeGreaterThan(700);
  expect(lengthMs('potato')).toBeLessThan(950);
  expect(lengthMs('4711')).toBeGreaterThan(400);
  expect(lengthMs('...')).toBe(0);
});

const samples = (seed: number): Int16Array => speechLike('Yes, please.', rate, { seed });

test('the same words and seed give the same samples, another seed others', () => {
  expect(samples(3)).toEqual(samples(3));
  expect(samples(3)).not.toEqual(samples(4));
});

test('music of a queue is heard as no party', () => {
  expect(marksIn(earOf(queueMusic(6000, rate)))).toEqual([]);
  expect(levelDbfs(queueMusic(6000, rate))).toBeGreaterThan(-35);
});

test('no mark is a multiple of another, and all are 100 Hz apart', () => {
  for (const one of VOICE_MARKS) {
    for (const other of VOICE_MARKS.filter((mark) => mark !== one)) {
      expect(Math.abs(one - other)).toBeGreaterThanOrEqual(100);
      expect(one % other).not.toBe(0);
    }
  }
});
