import type { HoldSource } from '@org/hold-audio';

export interface PrewarmOptions {
  /** URL of the LiveKit server; default: the environment variable `LIVEKIT_URL`. */
  readonly url?: string;
  /** Default: the environment variable `LIVEKIT_API_KEY`. */
  readonly apiKey?: string;
  /** Default: the environment variable `LIVEKIT_API_SECRET`. */
  readonly apiSecret?: string;
  /** The hold audio; default: the built-in music. */
  readonly holdAudio?: HoldSource;
  readonly signal?: AbortSignal;
}
