import { SampleWindows } from '../sample-windows.js';
import { tonePower } from './goertzel.js';

/** Speech for a scripted recognizer: it hears where sound begins and ends, and takes the words from the script. */
export interface SpeechScript {
  /** The transcript of each utterance, in order. Empty ones, and utterances after the last one, are not understood. */
  texts: readonly string[];
  /** The frequency of the mark in the voice, in Hz: only marked sound is speech, so that other sounds are not. Default all sound. */
  mark?: number;
  /** The quietest speech, or with `mark` quietest mark, in dBFS (a full-scale sine is 0). Default -45, with `mark` -55. */
  minLevelDbfs?: number;
  /** The shortest speech, in milliseconds. Default 100. */
  minSpeechMs?: number;
  /** The silence that ends an utterance, longer than the pauses between words, in milliseconds. Default 300. */
  endSilenceMs?: number;
}

export type SpeechEvent = { type: 'started' } | { type: 'ended'; word: string };

/** The ear of a scripted recognizer. Time is counted in samples. */
export interface SpeechEar {
  /** The whole text of the current utterance; empty when it is not understood, undefined between utterances. */
  readonly current: string | undefined;
  /** The time from the last sound of an utterance to its `ended`, in milliseconds. */
  readonly endSilenceMs: number;
  hear(samples: Int16Array, sampleRate: number): SpeechEvent[];
}

const WINDOW_MS = 20;
/** The number of windows in which to look for a mark: 100 ms tell it from the voice around it. */
const MARK_WINDOWS = 5;
/** A mark exceeds by at least 10 dB the sound beside it, at this distance in Hz, where a marked voice has a gap. */
const [MARK_STANDS_OUT, BESIDE_MARK] = [10, 40];

/** Detects where utterances begin and end, by level or by the mark of a voice. Pure. */
export class SpeechActivityEar implements SpeechEar {
  readonly endSilenceMs: number;
  readonly #nextText: () => string | undefined;
  readonly #mark: number | undefined;
  readonly #quietest: number;
  readonly #hitsToStart: number;
  readonly #windows = new SampleWindows(WINDOW_MS);
  #recent: readonly Int16Array[] = [];
  #text: string | undefined;
  #hits = 0;
  #misses = 0;

  /** @param nextText called once per utterance */
  constructor(script: Omit<SpeechScript, 'texts'>, nextText: () => string | undefined) {
    const { mark, minLevelDbfs, minSpeechMs = 100, endSilenceMs = 300 } = script;
    this.#nextText = nextText;
    this.#mark = mark;
    this.#quietest = 10 ** ((minLevelDbfs ?? (mark === undefined ? -45 : -55)) / 10);
    this.#hitsToStart = Math.max(1, Math.round(minSpeechMs / WINDOW_MS));
    this.endSilenceMs = endSilenceMs;
  }

  get current(): string | undefined {
    return this.#text;
  }

  hear(samples: Int16Array, sampleRate: number): SpeechEvent[] {
    const windows = this.#windows.cut(samples, sampleRate);
    return windows.flatMap((window) => this.#step(this.#sounds(window, sampleRate)));
  }

  #step(sounds: boolean): SpeechEvent[] {
    if (sounds) {
      this.#misses = 0;
      this.#hits += 1;
      if (this.#hits !== this.#hitsToStart) return [];
      this.#text = this.#nextText() ?? '';
      return [{ type: 'started' }];
    }
    if (this.#hits === 0) return [];
    this.#misses += 1;
    // A sound that is not speech yet may have the gaps of speech.
    if (this.#misses * WINDOW_MS < this.endSilenceMs) return [];
    const word = this.#text;
    [this.#hits, this.#text] = [0, undefined];
    return word === undefined ? [] : [{ type: 'ended', word }];
  }

  #sounds(window: Int16Array, sampleRate: number): boolean {
    if (this.#mark !== undefined) return this.#hasMark(window, sampleRate, this.#mark);
    let total = 0;
    for (const sample of window) total += (sample / 32_768) ** 2;
    // The mean square of a full-scale sine is a half.
    return (2 * total) / window.length >= this.#quietest;
  }
  #hasMark(window: Int16Array, sampleRate: number, mark: number): boolean {
    this.#recent = [...this.#recent, window.slice()].slice(-MARK_WINDOWS);
    const faded = fadedAtBothEnds(this.#recent);
    // The window halves the measured power of a lasting tone.
    const power = (frequency: number): number => 4 * tonePower(faded, sampleRate, frequency);
    const beside = Math.max(power(mark - BESIDE_MARK), power(mark + BESIDE_MARK));
    const heard = power(mark);
    return heard >= this.#quietest && heard >= beside * MARK_STANDS_OUT;
  }
}

/** Joins the pieces in a Hann window, which keeps other frequencies apart. */
function fadedAtBothEnds(pieces: readonly Int16Array[]): Int16Array {
  const all = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  return all.map((sample, index) => sample * Math.sin((Math.PI * (index + 0.5)) / all.length) ** 2);
}
