import type { HoldAudioError } from '../hold-audio-error.js';

/**
 * Why the audio ended: `stop()`, the signal given to `start()`, `close()`, the room's end, or a track that stayed
 * broken.
 */
export type HoldStopReason = 'stopped' | 'aborted' | 'closed' | 'room-disconnected' | 'track-failed';

/** The caller hears the built-in clip in place of the source, or of a part of it. */
export interface DegradedHold {
  /** The first thing that failed. */
  readonly error: HoldAudioError;
}

/** What {@link HoldAudio.on} reports, by event name. */
export interface HoldAudioEvents {
  /** The first audio was handed to the track, `afterMs` milliseconds after `start()` was called. */
  started: { readonly afterMs: number };
  /** The source began anew, for the `times`-th time since the start. */
  looped: { readonly times: number };
  /** The source cannot be played, or no longer; the built-in clip plays in its place. */
  'source-failed': { readonly error: HoldAudioError };
  /** An announcement was said to its end, which took `lastedMs` milliseconds. */
  announced: { readonly lastedMs: number };
  /** An announcement could not be made, or broke off; the music goes on. */
  'announcement-failed': { readonly error: HoldAudioError };
  /**
   * The audio has ended and the track is gone; follows every `started`, once. `error` is what went wrong on the way,
   * which the caller can no longer hear; `degraded` says that, and why, the built-in clip took the source's place.
   */
  stopped: {
    readonly reason: HoldStopReason;
    readonly playedMs: number;
    readonly error?: unknown;
    readonly degraded?: DegradedHold;
  };
}
