/** Longest clip that is held in memory: 58 MB of samples. */
export const MAX_CLIP_MS = 600_000;
/** Shortest clip that is looped; below that it is a buzz, not hold audio. */
export const MIN_CLIP_MS = 100;
/** Most bytes of a source that are read: ten minutes of 96 kHz stereo float would be 460 MB, of common WAVs 58-115 MB. */
export const MAX_SOURCE_BYTES: number = 128 * 1024 * 1024;
/** Decoded clips that stay in memory for the next caller. */
export const MAX_CACHED_BYTES: number = 64 * 1024 * 1024;
