import type { Clip } from '../pcm/clip.js';
import { keepNewest } from './keep-newest.js';

/**
 * Decoded clips by the hash of their content, and by the source of that content. Beyond `maxBytes` it drops the clips
 * that were requested longest ago, but none that is retained: one more caller never costs another decoding.
 */
export class ClipStore {
  readonly #maxBytes: number;
  readonly #clips = new Map<string, Clip>();
  readonly #hashes = new Map<string, string>();
  readonly #holders = new Map<Clip, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Total bytes of the clips. */
  get size(): number {
    let sum = 0;
    for (const { samples } of this.#clips.values()) sum += samples.byteLength;
    return sum;
  }

  /** Returns the clip of a content. */
  byHash(hash: string): Clip | undefined {
    const clip = this.#clips.get(hash);
    if (clip === undefined) return undefined;
    // To the end of the list of those that may be dropped.
    this.#clips.delete(hash);
    this.#clips.set(hash, clip);
    return clip;
  }

  /** Returns the clip of a source. */
  bySource(key: string): Clip | undefined {
    const hash = this.#hashes.get(key);
    return hash === undefined ? undefined : this.byHash(hash);
  }

  keep(key: string, hash: string, clip: Clip): void {
    keepNewest(this.#hashes, key, hash);
    this.#clips.set(hash, clip);
    this.#trim();
  }

  /** Keeps a clip while it is played; call the returned function once when it no longer is. */
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
