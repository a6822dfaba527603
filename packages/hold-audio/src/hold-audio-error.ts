/**
 * Why hold audio refused or gave up; closed, so that a `switch` over it can be exhaustive.
 *
 * - `invalid-option`: an option's value cannot be honored; the message names the option and what is allowed.
 * - `source-unsupported`: the source is of a kind that cannot be played, or not without ffmpeg; the message says which.
 * - `source-missing`, `source-unreadable`: the file is not there, or is not a readable regular file.
 * - `source-corrupt`: the bytes contradict the format that they claim.
 * - `source-empty`: the source holds less audio than can be looped.
 * - `source-too-large`: the source exceeds the limits on bytes or length.
 * - `source-fetch-failed`, `source-too-slow`, `source-host-refused`: what loading a URL met with; decoding can be too
 *   slow as well.
 * - `decoder-failed`: the thread that runs ffmpeg could not be started, or ended.
 * - `source-ended`, `source-stalled`, `source-threw`: what a stream of frames did while somebody listened.
 * - `room-not-connected`, `publish-failed`: there was no room to play to, or it did not take the track.
 * - `closed`: used after `close()`.
 */
export type HoldAudioErrorCode =
  | 'invalid-option'
  | 'source-unsupported'
  | 'source-missing'
  | 'source-unreadable'
  | 'source-corrupt'
  | 'source-empty'
  | 'source-too-large'
  | 'source-fetch-failed'
  | 'source-too-slow'
  | 'source-host-refused'
  | 'decoder-failed'
  | 'source-ended'
  | 'source-stalled'
  | 'source-threw'
  | 'room-not-connected'
  | 'publish-failed'
  | 'closed';

// Registered, not unique: two installed copies of this package must recognize each other's errors.
const marker = Symbol.for('@org/hold-audio:error');

/** An option at fault, and what is wrong with it, to be read behind its name. */
export interface HoldAudioOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface HoldAudioErrorOptions extends ErrorOptions {
  readonly problems?: readonly HoldAudioOptionProblem[];
}

/** The one error class of this package; `code` says what happened, `cause` holds what was underneath. */
export class HoldAudioError extends Error {
  readonly code: HoldAudioErrorCode;
  /** All options at fault; empty unless the error is about options. */
  readonly problems: readonly HoldAudioOptionProblem[];

  constructor(code: HoldAudioErrorCode, message: string, options: HoldAudioErrorOptions = {}) {
    super(message, options);
    this.problems = options.problems ?? [];
    this.name = 'HoldAudioError';
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for a `HoldAudioError` of any installed copy of this package. */
  static isInstance(value: unknown): value is HoldAudioError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
