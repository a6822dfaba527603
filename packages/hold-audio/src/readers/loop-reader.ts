import { type Clip, SAMPLE_RATE } from '../pcm/clip.js';
import type { PcmReader } from './pcm-reader.js';
import { chooseOverlap, crossfade } from './crossfade.js';

/** Crossfades last from 20 to 30 ms: within 10 ms, a tone of 100 Hz or more can be joined in phase. */
const [SHORTEST, LONGEST] = [0.02 * SAMPLE_RATE, 0.03 * SAMPLE_RATE];

/** Found once per clip: the search takes as long as playing a few seconds. */
const seams = new WeakMap<Clip, Float32Array>();

/** Returns the seam of a clip, which joins its end to its beginning. */
export function findSeam(clip: Clip): Float32Array {
  const known = seams.get(clip);
  if (known !== undefined) return known;
  const { samples, seamless } = clip;
  // Every clip lasts 100 ms at least, so the two overlapping pieces never meet.
  const overlap = seamless ? 0 : chooseOverlap(samples, SHORTEST, LONGEST);
  const seam = crossfade(samples.subarray(samples.length - overlap), samples.subarray(0, overlap));
  seams.set(clip, seam);
  return seam;
}

/** Plays a clip repeatedly: without a gap, and with a short crossfade unless the clip is seamless. */
export class LoopReader implements PcmReader {
  readonly #clip: Int16Array;
  readonly #seam: Float32Array;
  readonly #onLooped: () => void;
  /** Position in the clip. Past `#bodyEnd` the seam plays, which ends where the clip's first samples end. */
  #at = 0;
  readonly #bodyEnd: number;

  /** Begins at `startOffset`: 0 is the clip's beginning, 1 would be its end. */
  constructor(clip: Clip, onLooped: () => void, startOffset = 0) {
    this.#clip = clip.samples;
    this.#seam = findSeam(clip);
    this.#bodyEnd = clip.samples.length - this.#seam.length;
    this.#onLooped = onLooped;
    this.#at = Math.floor(this.#bodyEnd * startOffset);
  }

  read(into: Float32Array): void {
    let filled = 0;
    while (filled < into.length) {
      const [piece, offset] =
        this.#at < this.#bodyEnd ? [this.#clip, this.#at] : [this.#seam, this.#at - this.#bodyEnd];
      const end = piece === this.#clip ? this.#bodyEnd : this.#seam.length;
      const count = Math.min(into.length - filled, end - offset);
      into.set(piece.subarray(offset, offset + count), filled);
      filled += count;
      this.#at += count;
      if (this.#at >= this.#clip.length) {
        this.#at = this.#seam.length;
        this.#onLooped();
      }
    }
  }

  close(): void {
    // The clip is shared and belongs to the cache.
  }
}
