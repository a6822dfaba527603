import { unlessAborted } from '../aborted.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../source/clip-limits.js';
import { within } from '../within.js';
import type { FfmpegCore } from './ffmpeg-core.js';
import { FfmpegThread } from './ffmpeg-thread.js';
import { runFfmpeg } from './run-ffmpeg.js';

/** How long the thread waits for more to decode. Idle it holds some 60 MB; to start another takes 0.3 s. */
const IDLE_MS = 5000;

/** Decodes whatever ffmpeg can, one source after the other, in one thread that lives only as long as it is needed. */
export class FfmpegDecoder {
  readonly #core: FfmpegCore;
  readonly #idleMs: number;
  #thread: FfmpegThread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(core: FfmpegCore, idleMs: number = IDLE_MS) {
    this.#core = core;
    this.#idleMs = idleMs;
  }

  /** Whether there is a thread at this moment. */
  get isRunning(): boolean {
    return this.#thread !== undefined;
  }

  /**
   * The samples of a file that is given in pieces, mono at 48 kHz. An abort ends the decoding, in the middle too.
   *
   * @throws HoldAudioError `source-unsupported` for what ffmpeg cannot read, `source-too-slow` or `decoder-failed`.
   */
  decode(pieces: readonly Uint8Array[], limits: ClipLimits, signal: AbortSignal): Promise<Int16Array> {
    const turn = this.#last.then(() => this.#decodeNow(pieces, limits, signal));
    // Whoever comes next waits for the end of it, not for its success, which is for whoever asked.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #decodeNow(pieces: readonly Uint8Array[], limits: ClipLimits, signal: AbortSignal): Promise<Int16Array> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const thread = (this.#thread ??= new FfmpegThread(this.#core));
    thread.hold(true);
    try {
      const running = unlessAborted(signal, runFfmpeg(thread, pieces, limits, signal));
      return await within(limits.decodeLimitMs, running, () => {
        throw new HoldAudioError(
          'source-too-slow',
          `decoding the source took more than ${limits.decodeLimitMs} ms ("decodeLimitMs")`,
        );
      });
    } catch (error) {
      // While it computes it hears nothing, and after a failure it may not be sound.
      await this.#end();
      if (signal.aborted || HoldAudioError.isInstance(error)) throw error;
      throw new HoldAudioError('decoder-failed', 'the thread that decodes the source failed', { cause: error });
    } finally {
      this.#thread?.hold(false);
      this.#idle = setTimeout(() => void this.#end(), this.#idleMs).unref();
    }
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.end();
  }
}
