import { dbfsToAmplitude } from './level.js';

export interface GapOptions {
  /** Shorter silence is no gap. Default 40 ms: two frames of 20 ms. */
  readonly minMs?: number;
  /** Samples that stay below this are silence. Default -50 dBFS. */
  readonly silenceDbfs?: number;
}

export const gapDefaults: Readonly<Required<GapOptions>> = Object.freeze({ minMs: 40, silenceDbfs: -50 });

/** Silence with sound before and after it. */
export interface Gap {
  /** Offset from the first sample. */
  readonly startMs: number;
  readonly lengthMs: number;
}

/**
 * Finds the places where the sound breaks off and comes back: every run of samples of `minMs` or longer, none of which reaches
 * `silenceDbfs`, with louder samples on both sides.
 *
 * Exact to the sample, for no tone and no speech stays below the limit for longer than half a wave. A pause between two
 * words is a gap as well: give samples that should sound throughout, or a `minMs` beyond the pauses.
 */
export function findGaps(pcm: Int16Array, sampleRate: number, options: GapOptions = {}): Gap[] {
  const { minMs, silenceDbfs } = { ...gapDefaults, ...options };
  const limit = dbfsToAmplitude(silenceDbfs) * 32_768;
  const least = (minMs * sampleRate) / 1000;
  const gaps: Gap[] = [];
  let lastSound: number | undefined;
  for (let i = 0; i < pcm.length; i += 1) {
    if (Math.abs(pcm[i] ?? 0) < limit) continue;
    const silent = lastSound === undefined ? 0 : i - lastSound - 1;
    if (lastSound !== undefined && silent >= least) {
      gaps.push({ startMs: ((lastSound + 1) * 1000) / sampleRate, lengthMs: (silent * 1000) / sampleRate });
    }
    lastSound = i;
  }
  return gaps;
}
