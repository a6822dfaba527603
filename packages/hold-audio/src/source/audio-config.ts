import type { AudioFrame } from '@livekit/rtc-node';

/** A single source: any but silence and those that choose or combine. See `HoldSource`. */
type PlainSource = string | URL | Uint8Array | AsyncIterable<AudioFrame> | (() => AsyncIterable<AudioFrame>);

/** A source with a volume and a weight of its own, in the shape of the type of this name in `@livekit/agents`. */
export interface AudioConfig {
  source: PlainSource;
  /** From 0 to 10, multiplied with the volume of the whole; default 1. */
  volume?: number | undefined;
  /**
   * The weight in a list, 0 or more; default 1. Weights whose sum is below 1 are probabilities, and the built-in clip
   * has the rest. It has no meaning outside of a list.
   */
  probability?: number | undefined;
}
