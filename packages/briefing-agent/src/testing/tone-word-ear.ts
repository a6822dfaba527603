import { SampleWindows } from '../sample-windows.js';
import { tonePower } from './goertzel.js';
import type { SpeechEar, SpeechEvent } from './speech-ear.js';

/** The vocabulary of tone words: transcript → frequency in Hz of its tone. */
export type ToneWords = Readonly<Record<string, number>>;

export type ToneWordEvent = SpeechEvent;

const WINDOW_MS = 20;
/** The number of windows after which a word counts: 120 ms. */
const HITS_TO_START = 6;
/** The number of windows without a word after which it has ended: 100 ms. */
const MISSES_TO_END = 5;
/** The quietest word: -45 dBFS. */
const QUIETEST = 10 ** (-45 / 10);
/** A word exceeds every other word of the vocabulary by at least 10 dB. */
const STANDS_OUT = 10;
/** The smallest share of a word in all sound: the tone of a voice may sound beside it. */
const SMALLEST_SHARE = 0.1;

/** Detects tone words in a stream of mono samples. Pure: time is counted in samples. */
export class ToneWordEar implements SpeechEar {
  readonly endSilenceMs: number = MISSES_TO_END * WINDOW_MS;
  readonly #words: readonly (readonly [string, number])[];
  readonly #windows = new SampleWindows(WINDOW_MS);
  #word: string | undefined;
  #hits = 0;
  #misses = 0;

  constructor(words: ToneWords) {
    this.#words = Object.entries(words);
  }

  get current(): string | undefined {
    return this.#hits >= HITS_TO_START ? this.#word : undefined;
  }

  hear(samples: Int16Array, sampleRate: number): ToneWordEvent[] {
    const windows = this.#windows.cut(samples, sampleRate);
    return windows.flatMap((window) => this.#step(this.#wordIn(window, sampleRate)));
  }

  #step(heard: string | undefined): ToneWordEvent[] {
    if (this.#word === undefined) {
      if (heard !== undefined) [this.#word, this.#hits, this.#misses] = [heard, 1, 0];
      return [];
    }
    if (heard === this.#word) {
      this.#misses = 0;
      this.#hits += 1;
      return this.#hits === HITS_TO_START ? [{ type: 'started' }] : [];
    }
    this.#misses += 1;
    if (this.#misses < MISSES_TO_END) return [];
    const [word, hits] = [this.#word, this.#hits];
    this.#word = undefined;
    return hits >= HITS_TO_START ? [{ type: 'ended', word }] : [];
  }

  #wordIn(window: Int16Array, sampleRate: number): string | undefined {
    let total = 0;
    for (const sample of window) total += (sample / 32_768) ** 2;
    // The mean square of a sine of amplitude 1 is a half; tonePower counts that as 1.
    total = (2 * total) / window.length;
    if (total < QUIETEST) return undefined;
    const powers = this.#words
      .map(([word, frequency]) => ({ word, power: tonePower(window, sampleRate, frequency) }))
      .sort((a, b) => b.power - a.power);
    const [loudest, second] = powers;
    if (loudest === undefined || loudest.power < QUIETEST) return undefined;
    if (loudest.power < total * SMALLEST_SHARE) return undefined;
    if (second !== undefined && loudest.power < second.power * STANDS_OUT) return undefined;
    return loudest.word;
  }
}
