import { tonePower } from './goertzel.js';

/** Speech that a scripted recognizer understands: where sound begins and ends is heard, what it says is written down. */
export interface SpeechScript {
  /** Transcript of each utterance, in order. An empty one, and every one after the last, is speech that is not understood. */
  texts: readonly string[];
  /** Frequency in Hz of the mark in the voice. Only where it sounds is speech, so that others are not taken for it. Default: all sound. */
  mark?: number;
  /** Quietest speech, or with `mark` quietest mark, in dBFS (a full-scale sine is 0). Default -45, with `mark` -55. */
  minLevelDbfs?: number;
  /** Sound that is shorter is no speech. Default 100 ms. */
  minSpeechMs?: number;
  /** Silence that ends an utterance; longer than the pauses between words. Default 300 ms. */
  endSilenceMs?: number;
}

export type SpeechEvent = { type: 'started' } | { type: 'ended'; word: string };

/** What a scripted recognizer listens with. Time is counted in samples. */
export interface SpeechEar {
  /** The text that is being said, in full; empty for what is not understood, undefined between utterances. */
  readonly current: string | undefined;
  /** How long ago an `ended` utterance had its last sound, ms. */
  readonly endSilenceMs: number;
  hear(samples: Int16Array, sampleRate: number): SpeechEvent[];
}

const WINDOW_MS = 20;
/** A mark is looked for in the last five windows, 100 ms, to tell it from the voice around it. */
const MARK_WINDOWS = 5;
/** A mark stands at least 10 dB over what sounds this far beside it, in Hz, where a marked voice leaves a gap. */
const [MARK_STANDS_OUT, BESIDE_MARK] = [10, 40];

/** Hears where utterances begin and end, by level or by the mark of a voice. Pure. */
export class SpeechActivityEar implements SpeechEar {
  readonly endSilenceMs: number;
  readonly #nextText: () => string | undefined;
  readonly #mark: number | undefined;
  readonly #quietest: number;
  readonly #hitsToStart: number;
  #rest: Int16Array = new Int16Array(0);
  #recent: readonly Int16Array[] = [];
  #text: string | undefined;
  #hits = 0;
  #misses = 0;

  /** `nextText` is asked once per utterance. */
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
    const size = Math.round((sampleRate * WINDOW_MS) / 1000);
    const all = new Int16Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const events: SpeechEvent[] = [];
    let from = 0;
    for (; from + size <= all.length; from += size) {
      events.push(...this.#step(this.#sounds(all.subarray(from, from + size), sampleRate)));
    }
    this.#rest = all.slice(from);
    return events;
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
    // A sound that is no speech yet may have gaps no longer than those of speech.
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
    // The fading halves what is measured of a lasting tone.
    const power = (frequency: number): number => 4 * tonePower(faded, sampleRate, frequency);
    const beside = Math.max(power(mark - BESIDE_MARK), power(mark + BESIDE_MARK));
    const heard = power(mark);
    return heard >= this.#quietest && heard >= beside * MARK_STANDS_OUT;
  }
}

/** The pieces as one, in a Hann window: what sounds elsewhere stays there. */
function fadedAtBothEnds(pieces: readonly Int16Array[]): Int16Array {
  const all = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  return all.map((sample, index) => sample * Math.sin((Math.PI * (index + 0.5)) / all.length) ** 2);
}
