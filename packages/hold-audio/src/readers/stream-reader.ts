import type { AudioFrame } from '@livekit/rtc-node';
import { createTimeSlicer } from '../pcm/time-slicer.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { SAMPLE_RATE } from '../pcm/clip.js';
import { FrameConverter } from './frame-converter.js';
import type { PcmReader } from './pcm-reader.js';
import { SampleQueue } from './sample-queue.js';

/** Number of samples that are read from the stream ahead of playing. */
const AHEAD_SAMPLES = SAMPLE_RATE / 5;

export interface StreamReaderOptions {
  readonly make: () => AsyncIterable<AudioFrame>;
  /** How long the stream may deliver no audio while it is played, in milliseconds. */
  readonly stallTimeoutMs: number;
  /** Whether to play the stream once; by default it is iterated again. */
  readonly isOnce?: boolean;
  /** Called when the stream begins again; for a stream that is played once, when all of it has been read. */
  onLooped(): void;
  /** Called once, when a stream that was ready has failed; only silence follows. */
  onFailed(error: HoldAudioError): void;
}

/** Plays a stream of frames as they arrive; when it ends it is iterated again, unless it is played once. */
export class StreamReader implements PcmReader {
  /** Resolves with the first audio; rejects if the stream fails before. */
  readonly ready: Promise<void>;
  readonly #options: StreamReaderOptions;
  readonly #queue = new SampleQueue();
  #iterator: AsyncIterator<AudioFrame> | undefined;
  #onTaken: () => void = () => undefined;
  #dryMs = 0;
  #closed = false;
  /** Whether a stream that is played once has ended. */
  #isDone = false;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      let isReady = false;
      const onReady = (): void => {
        isReady = true;
        resolve();
      };
      this.#fill(onReady).catch((cause: unknown) => {
        const message = 'the stream of audio frames threw while it was read';
        const error = HoldAudioError.isInstance(cause) ? cause : new HoldAudioError('source-threw', message, { cause });
        if (isReady) this.#fail(error);
        else reject(error);
      });
    });
  }

  read(into: Float32Array): void {
    const missing = into.length - this.#queue.take(into);
    this.#onTaken();
    if (this.#isDone) {
      if (this.#queue.length === 0) this.#options.onLooped();
      return;
    }
    this.#dryMs = missing === 0 ? 0 : this.#dryMs + (missing * 1000) / SAMPLE_RATE;
    const { stallTimeoutMs } = this.#options;
    if (this.#dryMs > stallTimeoutMs) {
      this.#fail(
        new HoldAudioError(
          'source-stalled',
          `the stream delivered no audio for ${stallTimeoutMs} ms ("stallTimeoutMs")`,
        ),
      );
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onTaken();
    // Not awaited: a stream that hangs in a read never returns. Its error would change nothing.
    void this.#leave().catch(() => undefined);
  }

  async #leave(): Promise<void> {
    await this.#iterator?.return?.();
  }

  #fail(error: HoldAudioError): void {
    if (this.#closed) return;
    this.close();
    this.#options.onFailed(error);
  }

  async #fill(onReady: () => void): Promise<void> {
    const yieldIfDue = createTimeSlicer();
    while (!this.#closed) {
      const converter = new FrameConverter();
      const iterator = this.#options.make()[Symbol.asyncIterator]();
      this.#iterator = iterator;
      let samples = 0;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        if (this.#closed) return;
        for (const block of converter.convert(next.value)) {
          if (samples === 0 && block.length > 0) onReady();
          samples += block.length;
          this.#queue.put(block);
        }
        // A stream that never waits, even one of empty frames, must not block the event loop.
        await yieldIfDue();
        while (this.#queue.length >= AHEAD_SAMPLES && !this.#closed) await this.#taken();
      }
      if (this.#closed) return;
      for (const block of converter.end()) this.#queue.put(block);
      if (samples === 0)
        throw new HoldAudioError('source-ended', 'the stream of audio frames ended and cannot be iterated again');
      if (this.#options.isOnce === true) {
        this.#isDone = true;
        return;
      }
      this.#options.onLooped();
    }
  }

  #taken(): Promise<void> {
    return new Promise((resolve) => {
      this.#onTaken = resolve;
    });
  }
}
