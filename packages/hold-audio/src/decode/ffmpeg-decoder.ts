import { onAbort, unlessAborted } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { within } from '../async/within.js';
import type { FfmpegCore } from '../source/ffmpeg-core.js';
import { FfmpegThread } from './ffmpeg-thread.js';
import { runFfmpeg } from './run-ffmpeg.js';

/** How long a thread waits for more to decode. Idle it holds some 60 MB; to start another takes 0.3 s. */
const IDLE_MS = 5000;
/** So many sources are decoded at a time: one that takes long does not hold up all others. */
const MAX_THREADS = 2;

/** Decodes whatever ffmpeg can, first come first served, in threads that live only as long as they are needed. */
export class FfmpegDecoder {
  readonly #core: FfmpegCore;
  readonly #idleMs: number;
  /** Threads with nothing to do, and when each is ended. */
  readonly #idle = new Map<FfmpegThread, NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(core: FfmpegCore, idleMs: number = IDLE_MS) {
    this.#core = core;
    this.#idleMs = idleMs;
  }

  /** Number of threads at this moment. */
  get threads(): number {
    return this.#busy + this.#idle.size;
  }

  /**
   * Returns the samples of a file that is given in pieces, mono at 48 kHz. An abort ends the decoding, in the middle too.
   * The wait for a thread does not count for the limit.
   *
   * @throws HoldAudioError `source-unsupported` for what ffmpeg cannot read, `source-too-slow` or `decoder-failed`.
   */
  async decode(pieces: readonly Uint8Array[], limits: ClipLimits, signal: AbortSignal): Promise<Int16Array> {
    await this.#turn(signal);
    const thread = this.#take();
    let isSound = false;
    try {
      const samples = await decodeIn(thread, pieces, limits, signal);
      isSound = true;
      return samples;
    } finally {
      // While it computes it hears nothing, and after a failure it may not be sound.
      if (isSound) this.#keep(thread);
      else await thread.end();
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Resolves when there may be one thread more; it is counted from then on. */
  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#busy < MAX_THREADS && this.#waiting.length === 0) {
      this.#busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const onTurn = (): void => {
        forget();
        this.#busy += 1;
        resolve();
      };
      const forget = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(onTurn), 1);
        reject(signal.reason as Error);
      });
      this.#waiting.push(onTurn);
    });
  }

  #take(): FfmpegThread {
    const [idle] = this.#idle.keys();
    const thread = idle ?? new FfmpegThread(this.#core);
    clearTimeout(this.#idle.get(thread));
    this.#idle.delete(thread);
    thread.keepProcessAlive(true);
    return thread;
  }

  #keep(thread: FfmpegThread): void {
    thread.keepProcessAlive(false);
    const end = (): void => {
      this.#idle.delete(thread);
      void thread.end();
    };
    this.#idle.set(thread, setTimeout(end, this.#idleMs).unref());
  }
}

async function decodeIn(
  thread: FfmpegThread,
  pieces: readonly Uint8Array[],
  limits: ClipLimits,
  signal: AbortSignal,
): Promise<Int16Array> {
  try {
    const running = unlessAborted(signal, runFfmpeg(thread, pieces, limits, signal));
    return await within(limits.decodeTimeoutMs, running, () => {
      throw new HoldAudioError(
        'source-too-slow',
        `decoding the source took more than ${limits.decodeTimeoutMs} ms ("decodeTimeoutMs")`,
      );
    });
  } catch (error) {
    if (signal.aborted || HoldAudioError.isInstance(error)) throw error;
    throw new HoldAudioError('decoder-failed', 'the thread that decodes the source failed', { cause: error });
  }
}
