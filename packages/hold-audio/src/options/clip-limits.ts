/** Shortest clip that is looped; a shorter one would be a buzz. */
export const MIN_CLIP_MS = 100;

/** The limits of clips. */
export interface ClipLimits {
  /** Largest source, in bytes; default 134,217,728 (128 MiB), enough for ten minutes of common WAVs. */
  maxSourceBytes: number;
  /** Longest clip, in milliseconds of audio; default 600,000, which takes 58 MB of memory. */
  maxSourceMs: number;
  /** How long loading a URL may wait for its server in total, in milliseconds; default 10,000. */
  fetchTimeoutMs: number;
  /**
   * How long ffmpeg may take to decode a source that is not a common WAV, its start included, in milliseconds; default
   * 30,000.
   */
  decodeTimeoutMs: number;
  /** Largest number of redirects of a URL; default 5. */
  maxRedirects: number;
  /**
   * Whether a URL may lead, directly or by a redirect, to an address that is not on the public internet; default true.
   * Set it to false for URLs that are not your own.
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
