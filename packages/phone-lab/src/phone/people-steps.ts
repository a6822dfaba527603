import type { Signature } from '../tones/signature.js';

/** Words, or a WAV file (path, URL or bytes) in which they are spoken. */
export type Speech = string | { readonly file: string | URL | Uint8Array };

export interface SpeakOptions {
  /** How long the person pauses first. Default 0 ms. */
  readonly afterMs?: number;
  /** Level while it sounds, dBFS, -50 to -6. Default the phone's `speech.levelDbfs`, or -20. */
  readonly levelDbfs?: number;
}

interface TalkOverOptions extends SpeakOptions {
  /** The party, tone or `'sound'` that is talked over. Default any sound above -45 dBFS. */
  readonly what?: number | Signature | 'sound';
  /** How long to wait for it. Default 10000 ms. */
  readonly timeoutMs?: number;
}

/**
 * Steps that imitate people. All speech has the phone's `voice` as its mark, 18 dB softer, so that ears can identify the
 * speaker; all other marks are removed from it. Afterwards the phone is silent.
 */
export interface PeopleSteps {
  /**
   * Speaks, and resolves at the end, or when `quiet()` discarded the rest. Speech during other speech follows it. Words
   * become syllables unless the phone's `speech.words` says otherwise. Rejects with `invalid-option` for a file that cannot be
   * played.
   */
  speak(what: Speech, options?: SpeakOptions): Promise<void>;
  /** Hums "mm-hm", for 0.5 s. */
  mmHm(options?: SpeakOptions): Promise<void>;
  /** Coughs, for 0.6 s. */
  cough(options?: SpeakOptions): Promise<void>;
  /**
   * Waits until the other side has been heard for 300 ms, and `afterMs` more, then speaks, whether the other side still does or
   * not. Rejects with `timeout`.
   */
  talkOver(what: Speech, options?: TalkOverOptions): Promise<void>;
}
