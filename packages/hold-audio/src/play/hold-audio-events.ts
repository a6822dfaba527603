import type { HoldAudioError } from '../hold-audio-error.js';

/**
 * The reason why the audio ended: `stop()`, the signal given to `start()`, `close()`, the room's end, or a track that
 * stayed broken. New ones may come.
 */
export type HoldStopReason = 'stopped' | 'aborted' | 'closed' | 'room-disconnected' | 'track-failed';

/** Set while the caller hears the built-in clip in place of the source, or of a part of it. */
export interface DegradedHold {
  /** The first thing that failed. */
  readonly error: HoldAudioError;
}

/** The events of {@link HoldAudio.on}, by name. */
export interface HoldAudioEvents {
  /** Emitted when the first audio was written to the track, `afterMs` milliseconds after `start()` was called. */
  started: { readonly afterMs: number };
  /** Emitted when the source begins again, for the `times`-th time since the start. */
  looped: { readonly times: number };
  /** Emitted when the source cannot be played, or no longer; the built-in clip plays in its place. */
  'source-failed': { readonly error: HoldAudioError };
  /** Emitted when an announcement was played to its end, which took `lastedMs` milliseconds. */
  announced: { readonly lastedMs: number };
  /** Emitted when an announcement could not be played, or broke off; the music continues. */
  'announcement-failed': { readonly error: HoldAudioError };
  /**
   * Emitted once after every `started`, when the audio has ended and the track is gone. `error` is an error on the way;
   * `degraded` is set if the built-in clip replaced the source, with the reason.
   */
  stopped: {
    readonly reason: HoldStopReason;
    readonly playedMs: number;
    readonly error?: unknown;
    readonly degraded?: DegradedHold;
  };
}
