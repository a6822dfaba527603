import type { HoldAudioError } from './hold-audio-error.js';

/**
 * Why the audio ended: `stop()`, the signal given to `start()`, `close()`, the room's end, or a track that stayed
 * broken.
 */
export type HoldStopReason = 'stopped' | 'aborted' | 'closed' | 'room-disconnected' | 'track-failed';

/** What {@link HoldAudio.on} reports, by event name. */
export interface HoldAudioEvents {
  /** The first audio was handed to the track, `afterMs` milliseconds after `start()` was called. */
  started: { readonly afterMs: number };
  /** The source began anew, for the `times`-th time since the start. */
  looped: { readonly times: number };
  /** The source cannot be played, or no longer; the built-in clip plays in its place. */
  'source-failed': { readonly error: HoldAudioError };
  /**
   * The audio has ended and the track is gone; follows every `started`, once. `error` is what went wrong on the way,
   * which the caller can no longer hear.
   */
  stopped: { readonly reason: HoldStopReason; readonly playedMs: number; readonly error?: unknown };
}
