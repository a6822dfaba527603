import { within } from '@org/support';
import { onAbort, unlessAborted } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import type { FfmpegCore } from '../source/ffmpeg-core.js';
import { FfmpegThread } from './ffmpeg-thread.js';
import { runFfmpeg } from './run-ffmpeg.js';

/** How long an idle thread is kept. It takes about 60 MB; starting another takes 0.3 s. */
const IDLE_MS = 5000;
/** Number of sources that are decoded at a time, so that a slow one does not delay all others. */
const MAX_THREADS = 2;

/** Decodes with ffmpeg, first come first served, in threads that exist only as long as they are needed. */
export class FfmpegDecoder {
  readonly #core: FfmpegCore;
  readonly #idleMs: number;
  /** Idle threads with the timers that end them. */
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
   * Returns the samples of a file that is given in pieces, mono at 48 kHz. An abort ends the decoding, in the middle
   * too. The wait for a thread does not count towards the timeout.
   *
   * @throws HoldAudioError `source-unsupported` if ffmpeg cannot read the source, `source-too-slow` or
   * `decoder-failed`.
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
      // A busy thread reads no messages, and after a failure its state is unknown.
      if (isSound) this.#keep(thread);
      else await thread.end();
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Resolves when one more thread may run; it is counted from then on. */
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
