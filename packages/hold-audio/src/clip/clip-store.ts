import type { Clip } from '../pcm/clip.js';
import { keepNewest } from './keep-newest.js';

/**
 * Decoded clips by their content, and by the places where that content was found. Beyond its bytes it forgets the clips
 * that were not asked for the longest, but none that is held: a caller more never costs another decoding.
 */
export class ClipStore {
  readonly #maxBytes: number;
  readonly #clips = new Map<string, Clip>();
  readonly #hashes = new Map<string, string>();
  readonly #holders = new Map<Clip, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of the clips in it. */
  get size(): number {
    let sum = 0;
    for (const { samples } of this.#clips.values()) sum += samples.byteLength;
    return sum;
  }

  /** The clip of a content, if it is known. */
  byHash(hash: string): Clip | undefined {
    const clip = this.#clips.get(hash);
    if (clip === undefined) return undefined;
    // To the end of the line of those that may be forgotten.
    this.#clips.delete(hash);
    this.#clips.set(hash, clip);
    return clip;
  }

  /** The clip that was found at a place, if both are still known. */
  bySource(key: string): Clip | undefined {
    const hash = this.#hashes.get(key);
    return hash === undefined ? undefined : this.byHash(hash);
  }

  keep(key: string, hash: string, clip: Clip): void {
    keepNewest(this.#hashes, key, hash);
    this.#clips.set(hash, clip);
    this.#trim();
  }

  /** Keeps a clip while it is played; call what it gives, once, when it no longer is. */
  retain(clip: Clip): () => void {
    this.#holders.set(clip, (this.#holders.get(clip) ?? 0) + 1);
    return () => {
      const left = (this.#holders.get(clip) ?? 1) - 1;
      if (left > 0) this.#holders.set(clip, left);
      else this.#holders.delete(clip);
      this.#trim();
    };
  }

  #trim(): void {
    for (const [hash, clip] of this.#clips) {
      if (this.size <= this.#maxBytes) return;
      if (!this.#holders.has(clip)) this.#clips.delete(hash);
    }
  }
}
