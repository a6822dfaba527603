/**
 * The reason of a {@link HoldAudioError}. New ones may come.
 *
 * - `invalid-option`: an option's value cannot be honored; the message names the option and what is allowed.
 * - `source-unsupported`: the source is of a kind that cannot be played, or not without ffmpeg; the message names it.
 * - `source-missing`, `source-unreadable`: the file does not exist, or is not a readable regular file.
 * - `source-corrupt`: the bytes contradict the format that they claim.
 * - `source-empty`: the source holds less audio than can be looped.
 * - `source-too-large`: the source exceeds the limits on bytes or length.
 * - `source-fetch-failed`, `source-too-slow`, `source-host-rejected`: a URL cannot be loaded; decoding can be too slow
 *   as well.
 * - `decoder-failed`: the thread that runs ffmpeg did not start, or ended.
 * - `source-ended`, `source-stalled`, `source-threw`: a stream of frames failed while it was played.
 * - `room-not-connected`, `publish-failed`: the room is not connected, or did not accept the track.
 * - `closed`: a method was called after `close()`.
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
  | 'source-host-rejected'
  | 'decoder-failed'
  | 'source-ended'
  | 'source-stalled'
  | 'source-threw'
  | 'room-not-connected'
  | 'publish-failed'
  | 'closed';

// Registered, not unique: two installed copies of this package must recognize each other's errors.
const marker = Symbol.for('@org/hold-audio:error');

/** An invalid option and the reason, a predicate such as "must be a number". */
interface HoldAudioOptionProblem {
  readonly option: string;
  readonly reason: string;
}

interface HoldAudioErrorOptions extends ErrorOptions {
  readonly problems?: readonly HoldAudioOptionProblem[];
}

/** The only error class of this package; `code` names the reason, `cause` holds the underlying error. */
export class HoldAudioError extends Error {
  readonly code: HoldAudioErrorCode;
  /** All invalid options; empty unless the error is about options. */
  readonly problems: readonly HoldAudioOptionProblem[];

  constructor(code: HoldAudioErrorCode, message: string, options: HoldAudioErrorOptions = {}) {
    super(message, options);
    this.problems = options.problems ?? [];
    this.name = 'HoldAudioError';
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Returns true for a `HoldAudioError` of any installed copy of this package. */
  static isInstance(value: unknown): value is HoldAudioError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
