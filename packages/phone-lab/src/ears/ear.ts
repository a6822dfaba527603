import type { ClickOptions } from '../tones/find-clicks.js';
import type { GapOptions } from '../tones/find-gaps.js';
import type { Signature } from '../tones/signature.js';

/** A part of a recording. Times are epoch ms, as of `Date.now()`; the default is everything. */
export interface HeardRange {
  readonly from?: number;
  readonly to?: number;
  /** Only audio of this participant. Default all participants, mixed. */
  readonly publisher?: string;
}

export interface HeardOptions extends HeardRange {
  /** How long it must sound, in windows of 100 ms. Default 100. */
  readonly forMs?: number;
}

export interface HeardTrack {
  /** Identity of the publisher. */
  readonly publisher: string;
  readonly trackName: string;
  readonly trackSid: string;
  /** When the first sample was heard; epoch ms. */
  readonly startsAt: number;
  /** When the recording ends; epoch ms. */
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

/** Silence within sound. */
export interface HeardGap {
  /** Epoch, ms. */
  readonly at: number;
  readonly lengthMs: number;
}

/** A jump of the waveform, or of its level. */
export interface HeardClick {
  /** Epoch, ms. */
  readonly at: number;
  /** Height of the step that would sound as loud; a step of full scale is 0. */
  readonly stepDbfs: number;
}

/** A party that sounded in one published track, however faint or short. */
export interface HeardLeak {
  /** Name of the party: of its signature, or `1000 Hz`. */
  readonly party: string;
  /** Identity of the publisher. */
  readonly publisher: string;
  readonly trackName: string;
  readonly trackSid: string;
  /** Epoch, ms; ± 30 ms, as the length is. */
  readonly at: number;
  readonly forMs: number;
  /** Of the tone where it is loudest, or of all that sounded meanwhile if the party has a band. */
  readonly levelDbfs: number;
  /** The frequency that sounded, Hz; none for a band. */
  readonly frequency?: number;
  /** Whether one window of 64 ms was loud enough, or all of them long enough, or whether something was in the party's band. */
  readonly foundBy: 'level' | 'duration' | 'band';
}

/** The audio that one participant hears: 16 kHz mono, on the wall clock. */
export interface Ear {
  /** One entry for each subscription. */
  readonly tracks: readonly HeardTrack[];
  heard(what: number | Signature, options?: HeardOptions): boolean;
  /** How long it sounded, in windows of 100 ms. */
  heardMs(what: number | Signature, range?: HeardRange): number;
  /** When it first sounded (epoch ms, to a window of 20 ms), or undefined. */
  firstHeardAt(what: number | Signature, range?: HeardRange): number | undefined;
  /**
   * Returns where parties sounded that must not be heard, in each published track and over the whole range: a
   * tone from -70 dBFS on if it lasts a second in all, from -40 dBFS on if it lasts 40 ms. In a track that carries other
   * parties too it is -60 dBFS for three seconds and -30 dBFS for 40 ms. A band is measured in windows of 100 ms, as by
   * `heardMs()`.
   */
  leaks(what: number | Signature | readonly Signature[], range?: HeardRange): readonly HeardLeak[];
  timeline(signatures: readonly Signature[], windowMs?: number, range?: HeardRange): HeardWindow[];
  /**
   * Returns where the sound was interrupted within the range: by default, 40 ms or longer without a sample above -50 dBFS. Pauses of speech are gaps as well, so ask for a range in which something should sound throughout.
   */
  gaps(options?: GapOptions & HeardRange): HeardGap[];
  /**
   * Returns where the waveform or its level jumped: short energy above 4 kHz, where telephone sounds have none, given as the
   * height of a step; by default, -34 dBFS or more. The plosives of speech are clicks too.
   */
  clicks(options?: ClickOptions & HeardRange): HeardClick[];
  /** A full-scale sine is 0, silence -120. */
  levelDbfs(range?: HeardRange): number;
  /** The samples, with silence where nothing was heard. */
  pcm(range?: HeardRange): Int16Array;
  /** The same as a WAV file. */
  wav(range?: HeardRange): Uint8Array;
}

/** Sample rate of everything that an ear records. */
export const EAR_SAMPLE_RATE = 16_000;
