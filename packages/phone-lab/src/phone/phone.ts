import type { Vocabulary } from '../tones/tone-words.js';
import type { LineOptions } from '../line/line-options.js';
import type { PhoneCall } from './phone-call.js';

/** The speech of the person on a phone. */
export interface SpeechOptions {
  /**
   * The sound of spoken words. `syllables` (default): speech-like, the same on every machine. `espeak-ng`: real words by
   * the program of that name, which must be installed; otherwise the phone is rejected. `auto`: real words where it is installed.
   */
  readonly words?: 'syllables' | 'espeak-ng' | 'auto';
  /** The seed of the voice, a whole number. Default by the phone's number and `voice`. */
  readonly seed?: number;
  /** Level while it sounds, dBFS, -50 to -6; a full-scale sine is 0. Default -20. */
  readonly levelDbfs?: number;
}

export interface PhoneOptions {
  /** The party's own tone, Hz; `tone()` and `say()` use it, and it is the mark in what `speak()` says. Default none. */
  readonly voice?: number;
  /** The speech of the person on the phone, for `speak()` and the other steps of people. */
  readonly speech?: SpeechOptions;
  /**
   * The phone's line: its codec, echo and noise, the faults of its network, and when the phone sends at all. Default a perfect
   * line of 48 kHz, on which the phone always sends.
   */
  readonly line?: LineOptions;
  /** The words that `say()` can say. Default the lab's. */
  readonly vocabulary?: Vocabulary;
  /**
   * Whether each call of the phone runs in a process of its own, which can be killed and stopped (`call.line`). It joins some
   * tenths of a second later then. Default false.
   */
  readonly ownProcess?: boolean;
}

/** A phone that can be dialed. */
export interface Phone {
  readonly number: string;
  /** Every attempt to reach this phone, in order. */
  readonly calls: readonly PhoneCall[];
  /** Resolves when all calls so far have ended; rejects if a script threw. */
  readonly done: Promise<void>;
  /** Returns the next attempt that no earlier `nextCall` has returned. Rejects with `timeout` after `timeoutMs` (default 10 s). */
  nextCall(options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal }): Promise<PhoneCall>;
}
