/** Rate of everything that is played, in Hz: what Opus codes at. */
export const SAMPLE_RATE = 48_000;

/** One audio clip in memory, mono, 16 bit at {@link SAMPLE_RATE}; shared, so whoever plays it never writes to it. */
export interface Clip {
  /** May still be filled while the clip plays, from the front and hundreds of times faster than it is heard. */
  readonly samples: Int16Array;
  /** True if the last sample is followed by the first as the clip's own continuation; else the seam is crossfaded. */
  readonly seamless: boolean;
}
