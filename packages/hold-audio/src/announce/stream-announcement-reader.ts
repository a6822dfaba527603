import type { AudioFrame } from '@livekit/rtc-node';
import type { HoldAudioError } from '../hold-audio-error.js';
import { StreamReader } from '../readers/stream-reader.js';
import type { Voice } from './announcement-reader.js';

export interface StreamVoiceOptions {
  readonly make: () => AsyncIterable<AudioFrame>;
  readonly stallLimitMs: number;
  /** What was heard of it until then remains all. */
  readonly onFailed: (error: HoldAudioError) => void;
}

/** Plays a stream of frames once. */
export class StreamVoice implements Voice {
  /** Resolves with the first audio; rejects when there is none. */
  readonly ready: Promise<void>;
  readonly #reader: StreamReader;
  #isOver = false;

  constructor({ make, stallLimitMs, onFailed }: StreamVoiceOptions) {
    this.#reader = new StreamReader({
      make,
      stallLimitMs,
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
