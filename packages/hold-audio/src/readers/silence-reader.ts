import type { PcmReader } from './pcm-reader.js';

/** Where there is nothing but announcements. */
export class SilenceReader implements PcmReader {
  readonly ready: Promise<void> = Promise.resolve();

  read(into: Float32Array): void {
    into.fill(0);
  }

  close(): void {
    // It holds nothing.
  }
}
