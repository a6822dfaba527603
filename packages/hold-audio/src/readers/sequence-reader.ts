import { type Clip, SAMPLE_RATE } from '../pcm/clip.js';
import type { PcmReader } from './pcm-reader.js';

/** Samples over which every clip fades in and out, so that no join clicks. */
const EDGE_SAMPLES = 0.01 * SAMPLE_RATE;

export interface SequencePart {
  readonly clip: Clip;
  readonly volume: number;
  /** Silence after the clip, in milliseconds. */
  readonly intervalMs: number;
}

/** Plays clips in turn, repeatedly. */
export class SequenceReader implements PcmReader {
  readonly #parts: readonly SequencePart[];
  readonly #onLooped: () => void;
  #index = 0;
  /** Position in the part; beyond the clip's end is its interval. */
  #at = 0;

  /**
   * `parts` has at least one part; `startOffset` selects the first: 0 is the first part, 1 would be beyond the last.
   */
  constructor(parts: readonly SequencePart[], onLooped: () => void, startOffset = 0) {
    this.#parts = parts;
    this.#onLooped = onLooped;
    this.#index = Math.floor(parts.length * startOffset);
  }

  read(into: Float32Array): void {
    for (let filled = 0; filled < into.length;) {
      const part = this.#parts[this.#index] as SequencePart;
      const length = part.clip.samples.length + Math.round((part.intervalMs * SAMPLE_RATE) / 1000);
      const count = Math.min(into.length - filled, length - this.#at);
      copy(part, this.#at, into.subarray(filled, filled + count));
      filled += count;
      this.#at += count;
      if (this.#at === length) this.#next();
    }
  }

  close(): void {
    // The clips are shared and belong to the cache.
  }

  #next(): void {
    this.#at = 0;
    this.#index = (this.#index + 1) % this.#parts.length;
    if (this.#index === 0) this.#onLooped();
  }
}

function copy({ clip: { samples }, volume }: SequencePart, from: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i += 1) {
    const at = from + i;
    const edge = (Math.min(at, samples.length - 1 - at) + 0.5) / EDGE_SAMPLES;
    if (edge >= 1) into[i] = (samples[at] as number) * volume;
    else if (edge > 0) into[i] = (samples[at] as number) * volume * Math.sin((Math.PI / 2) * edge);
    else into[i] = 0;
  }
}
