import type { PcmReader } from './pcm-reader.js';

/** Plays silence, under announcements. */
export class SilenceReader implements PcmReader {
  readonly ready: Promise<void> = Promise.resolve();

  read(into: Float32Array): void {
    into.fill(0);
  }

  close(): void {
    // There is nothing to release.
  }
}
