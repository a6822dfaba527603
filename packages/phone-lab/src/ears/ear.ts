import type { Signature } from '../tones/signature.js';

/** Part of what was heard. Times are epoch ms, as `Date.now()` gives; the default is everything. */
export interface HeardRange {
  readonly from?: number;
  readonly to?: number;
  /** Only what this participant published. Default everybody, mixed. */
  readonly publisher?: string;
}

export interface HeardOptions extends HeardRange {
  /** How much of it, in windows of 100 ms, makes it heard. Default 100. */
  readonly forMs?: number;
}

export interface HeardTrack {
  /** Identity of the publisher. */
  readonly publisher: string;
  readonly trackName: string;
  readonly trackSid: string;
  /** When the first sample was heard; epoch ms. */
  readonly startsAt: number;
  /** Where the recording ends; epoch ms. */
  readonly endsAt: number;
}

export interface HeardWindow {
  /** Epoch, ms. */
  readonly at: number;
  readonly levelDbfs: number;
  /** Names of the signatures that sound. */
  readonly heard: readonly string[];
  /** Audible, and not explained by the signatures. */
  readonly other: boolean;
}

/** What one participant hears: 16 kHz mono, on the wall clock. */
export interface Ear {
  /** One entry for each subscription. */
  readonly tracks: readonly HeardTrack[];
  heard(what: number | Signature, options?: HeardOptions): boolean;
  /** How long it sounded, in windows of 100 ms. */
  heardMs(what: number | Signature, range?: HeardRange): number;
  /** When it first sounded (epoch ms, to a window of 20 ms), or undefined. */
  firstHeardAt(what: number | Signature, range?: HeardRange): number | undefined;
  timeline(signatures: readonly Signature[], windowMs?: number, range?: HeardRange): HeardWindow[];
  /** A full-scale sine is 0, silence -120. */
  levelDbfs(range?: HeardRange): number;
  /** The samples, with silence where nothing was heard. */
  pcm(range?: HeardRange): Int16Array;
  /** The same as a WAV file. */
  wav(range?: HeardRange): Uint8Array;
}

/** Sample rate of everything that an ear records. */
export const EAR_SAMPLE_RATE = 16_000;
