/** Rate of all played audio, in Hz: that of Opus. */
export const SAMPLE_RATE = 48_000;

/** One audio clip in memory, mono, 16 bit at {@link SAMPLE_RATE}; shared, so that readers never write to it. */
export interface Clip {
  /** May still be filled while the clip plays, from the front and hundreds of times faster than it plays. */
  readonly samples: Int16Array;
  /** Whether the first sample continues the last one; otherwise the seam is crossfaded. */
  readonly seamless: boolean;
}
