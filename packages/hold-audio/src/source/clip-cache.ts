import type { Clip } from './clip.js';

/**
 * Decoded clips by key, each decoded once however many ask at the same time. Beyond its bytes it forgets the clips
 * that were not asked for the longest; those still playing stay alive by whoever plays them.
 */
export class ClipCache {
  readonly #maxBytes: number;
  readonly #clips = new Map<string, Promise<Clip>>();
  readonly #bytes = new Map<string, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of the clips held. */
  get size(): number {
    let sum = 0;
    for (const bytes of this.#bytes.values()) sum += bytes;
    return sum;
  }

  /** The clip of this key, or what `decode` makes of it; a failure is not kept. */
  get(key: string, decode: () => Promise<Clip>): Promise<Clip> {
    const known = this.#clips.get(key);
    this.#clips.delete(key);
    const clip = known ?? this.#decode(key, decode);
    this.#clips.set(key, clip);
    return clip;
  }

  async #decode(key: string, decode: () => Promise<Clip>): Promise<Clip> {
    try {
      const clip = await decode();
      this.#bytes.set(key, clip.samples.byteLength);
      this.#trim();
      return clip;
    } catch (error) {
      this.#clips.delete(key);
      throw error;
    }
  }

  #trim(): void {
    for (const key of this.#clips.keys()) {
      if (this.size <= this.#maxBytes) return;
      if (this.#bytes.delete(key)) this.#clips.delete(key);
    }
  }
}
