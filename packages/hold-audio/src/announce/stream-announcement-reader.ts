import type { AudioFrame } from '@livekit/rtc-node';
import type { HoldAudioError } from '../hold-audio-error.js';
import { StreamReader } from '../readers/stream-reader.js';
import type { AnnouncementReader } from './announcement-reader.js';

export interface StreamAnnouncementOptions {
  readonly make: () => AsyncIterable<AudioFrame>;
  readonly stallTimeoutMs: number;
  /** Called when the stream fails; no more audio follows. */
  readonly onFailed: (error: HoldAudioError) => void;
}

/** Plays a stream of frames once. */
export class StreamAnnouncementReader implements AnnouncementReader {
  /** Resolves with the first audio; rejects if there is none. */
  readonly ready: Promise<void>;
  readonly #reader: StreamReader;
  #isOver = false;

  constructor({ make, stallTimeoutMs, onFailed }: StreamAnnouncementOptions) {
    this.#reader = new StreamReader({
      make,
      stallTimeoutMs,
      isOnce: true,
      onLooped: () => (this.#isOver = true),
      onFailed: (error) => {
        this.#isOver = true;
        onFailed(error);
      },
    });
    this.ready = this.#reader.ready;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  read(into: Float32Array): void {
    this.#reader.read(into);
  }

  close(): void {
    this.#reader.close();
  }
}
