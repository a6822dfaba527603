/** Shortest clip that is looped; below that it is a buzz, not hold audio. */
export const MIN_CLIP_MS = 100;

/** What a clip may cost at most. */
export interface ClipLimits {
  /** Most bytes of a source that are read; default 134,217,728 (128 MiB), which ten minutes of common WAVs need. */
  maxSourceBytes: number;
  /** Longest clip, in milliseconds of audio; default 600,000, which are 58 MB of samples. */
  maxSourceMs: number;
  /** How long loading a URL may wait for its server, all in all, in milliseconds; default 10,000. */
  fetchTimeoutMs: number;
  /**
   * How long ffmpeg may take to decode a source that is no common WAV, its own start included, in milliseconds; default
   * 30,000.
   */
  decodeTimeoutMs: number;
  /** How many redirects a URL may take; default 5. */
  maxRedirects: number;
  /**
   * Whether a URL may lead, directly or by a redirect, to an address that is not of the public internet; default true.
   * Set it to false where the URL is not your own.
   */
  allowPrivateHosts: boolean;
}

export const clipLimitDefaults: Readonly<ClipLimits> = Object.freeze({
  maxSourceBytes: 128 * 1024 * 1024,
  maxSourceMs: 600_000,
  fetchTimeoutMs: 10_000,
  decodeTimeoutMs: 30_000,
  maxRedirects: 5,
  allowPrivateHosts: true,
});
