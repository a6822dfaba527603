import { expect, test } from 'vitest';
import { joinPcm, readToneWords, silencePcm, toneWord, vocabularyOf, WORD_FREQUENCIES } from '../../src/tones.js';

const rate = 16_000;

test('a phrase is read back word by word, in any voice', () => {
  const vocabulary = vocabularyOf('hello', 'yes', 'no');
  const speak = (word: string, voice?: number) =>
    toneWord(vocabulary[word] ?? 0, rate, voice === undefined ? {} : { voice });
  const pcm = joinPcm(silencePcm(200, rate), speak('hello', 600), speak('no', 1000), speak('yes'), speak('yes', 600));
  const words = readToneWords(pcm, rate, vocabulary);
  expect(words.map(({ word }) => word)).toEqual(['hello', 'no', 'yes', 'yes']);
  for (const [i, { startMs, endMs }] of words.entries()) {
    expect(Math.abs(startMs - (200 + i * 600))).toBeLessThanOrEqual(40);
    expect(Math.abs(endMs - (500 + i * 600))).toBeLessThanOrEqual(40);
  }
});

test('a voice alone, and a blip, say nothing', () => {
  const vocabulary = vocabularyOf('yes');
  expect(readToneWords(toneWord(600, rate), rate, vocabulary)).toEqual([]);
  expect(readToneWords(toneWord(2300, rate, { wordMs: 30 }), rate, vocabulary)).toEqual([]);
  expect(readToneWords(new Int16Array(), rate, vocabulary)).toEqual([]);
});

test('a vocabulary has a frequency for each word, and no more than there are', () => {
  const words = WORD_FREQUENCIES.map((frequency) => `w${frequency}`);
  expect(Object.values(vocabularyOf(...words))).toEqual(WORD_FREQUENCIES);
  expect(() => vocabularyOf(...words, 'one more')).toThrow(/at most 11/);
});
