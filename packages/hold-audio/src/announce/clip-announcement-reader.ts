import type { Clip } from '../pcm/clip.js';
import type { AnnouncementReader } from './announcement-reader.js';

/** Plays a clip once. */
export class ClipAnnouncementReader implements AnnouncementReader {
  readonly #samples: Int16Array;
  readonly #release: () => void;
  #at = 0;

  /** `release` is called by `close()`. */
  constructor({ samples }: Clip, release: () => void) {
    this.#samples = samples;
    this.#release = release;
  }

  get isOver(): boolean {
    return this.#at >= this.#samples.length;
  }

  read(into: Float32Array): void {
    const piece = this.#samples.subarray(this.#at, this.#at + into.length);
    into.set(piece);
    into.fill(0, piece.length);
    this.#at += into.length;
  }

  close(): void {
    this.#release();
  }
}
