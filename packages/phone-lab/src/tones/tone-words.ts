import { detectTones } from './detect-tones.js';
import { joinPcm, samplesIn, silencePcm, toneBurst, type ToneOptions } from './tone-generator.js';

/** Words and the frequency (Hz) that stands for each. */
export type Vocabulary = Readonly<Record<string, number>>;

/** Frequencies of words, Hz: above what parties use as their voice, inside what telephony codecs carry. */
export const WORD_FREQUENCIES: readonly number[] = Object.freeze([
  2300, 2400, 2500, 2600, 2700, 2800, 2900, 3000, 3100, 3200, 3300,
]);

/** How long a word sounds. */
export const WORD_MS = 300;

/** Silence after a word, long enough to be taken as the end of a phrase. */
export const WORD_GAP_MS = 300;

/** Gives each word a frequency, in order. At most 11 words. */
export function vocabularyOf(...words: readonly string[]): Vocabulary {
  if (words.length > WORD_FREQUENCIES.length) {
    throw new RangeError(`a vocabulary has at most ${WORD_FREQUENCIES.length} words, not ${words.length}`);
  }
  return Object.freeze(Object.fromEntries(words.map((word, i) => [word, WORD_FREQUENCIES[i] ?? 0])));
}

export interface ToneWordOptions extends ToneOptions {
  /** The speaker's own tone, Hz, that sounds together with the word. Default none. */
  readonly voice?: number;
  /** Default {@link WORD_MS}. */
  readonly wordMs?: number;
  /** Silence after the word. Default {@link WORD_GAP_MS}. */
  readonly gapMs?: number;
}

/** One spoken word: the speaker's tone and the word's tone together, then silence. */
export function toneWord(wordFrequency: number, sampleRate: number, options: ToneWordOptions = {}): Int16Array {
  const { voice, wordMs = WORD_MS, gapMs = WORD_GAP_MS } = options;
  const frequencies = voice === undefined ? [wordFrequency] : [voice, wordFrequency];
  return joinPcm(toneBurst(frequencies, wordMs, sampleRate, options), silencePcm(gapMs, sampleRate));
}

export interface ToneWordHeard {
  readonly word: string;
  /** Offset of the word in the samples, in steps of 20 ms. */
  readonly startMs: number;
  readonly endMs: number;
}

const stepMs = 20;
const windowMs = 60;

/** The words in the samples, in order. A word counts when it sounds for at least 100 ms. */
export function readToneWords(pcm: Int16Array, sampleRate: number, vocabulary: Vocabulary): ToneWordHeard[] {
  const words = Object.entries(vocabulary);
  const frequencies = words.map(([, frequency]) => frequency);
  const heard: ToneWordHeard[] = [];
  const open = new Map<string, number>();
  const size = samplesIn(windowMs, sampleRate);
  for (let startMs = 0; ; startMs += stepMs) {
    const start = samplesIn(startMs, sampleRate);
    const last = start + size > pcm.length;
    const tones = last ? [] : detectTones(pcm.subarray(start, start + size), sampleRate, frequencies);
    for (const [word, frequency] of words) {
      const sounds = tones.some((tone) => tone.frequency === frequency);
      const since = open.get(word);
      if (sounds && since === undefined) open.set(word, startMs);
      if (sounds || since === undefined) continue;
      open.delete(word);
      const endMs = startMs - stepMs + windowMs;
      if (endMs - since >= 100) heard.push({ word, startMs: since, endMs });
    }
    if (last) return heard.sort((a, b) => a.startMs - b.startMs);
  }
}
