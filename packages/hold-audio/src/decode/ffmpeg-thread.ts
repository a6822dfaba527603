import { Worker } from 'node:worker_threads';
import { ffmpegWorkerUrl } from '../ffmpeg-worker-url.js';
import type { FfmpegCore } from '../source/ffmpeg-core.js';

/** An answer of the thread. */
interface Answer {
  readonly id: number;
  readonly type: string;
  readonly data: unknown;
  /** Last lines that ffmpeg wrote. */
  readonly log?: readonly string[];
}

/** Returns the flag without which Node before 20.19 loads the modules of `@ffmpeg/ffmpeg` as CommonJS. */
function execArgv([major, minor]: readonly number[]): string[] {
  return major === 20 && minor !== undefined && minor < 19 ? ['--experimental-detect-module'] : [];
}

/** A worker thread in which ffmpeg runs. It answers one call at a time. */
export class FfmpegThread {
  readonly #worker: Worker = new Worker(ffmpegWorkerUrl, {
    name: 'hold-audio-ffmpeg',
    // Without the flags of the process, such as a loader.
    execArgv: execArgv(process.versions.node.split('.').map(Number)),
    env: {},
  });
  #calls = 0;
  #pending: { readonly id: number; resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  #failure: Error | undefined;
  readonly #core: FfmpegCore;
  #loaded = false;

  constructor(core: FfmpegCore) {
    this.#core = core;
    this.#worker.on('message', (answer: Answer) => {
      if (answer.id === this.#pending?.id) this.#pending.resolve(answer);
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the decoding thread ended with code ${code}`)));
  }

  /** Loads ffmpeg on the first call. */
  async load(): Promise<void> {
    if (!this.#loaded) await this.invoke('LOAD', this.#core);
    this.#loaded = true;
  }

  /** Sets whether the thread keeps the process alive. */
  keepProcessAlive(isAlive: boolean): void {
    if (isAlive) this.#worker.ref();
    else this.#worker.unref();
  }

  /** Transfers bytes, which are then unusable here; `WRITE_PIECES` writes them to a file. */
  transfer(piece: Uint8Array<ArrayBuffer>): void {
    this.#worker.postMessage({ type: 'PIECE', data: piece }, [piece.buffer]);
  }

  /** Calls a function of the worker of `@ffmpeg/ffmpeg`; rejects when it throws or when the thread has ended. */
  async invoke(type: string, data: unknown): Promise<Pick<Answer, 'data' | 'log'>> {
    if (this.#failure !== undefined) throw this.#failure;
    const id = (this.#calls += 1);
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#pending = { id, resolve, reject };
      this.#worker.postMessage({ id, type, data }, []);
    });
    if (answer.type === 'ERROR') throw new Error(`ffmpeg: ${String(answer.data)}`);
    return answer;
  }

  /** Ends the thread, also in the middle of a call. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error('the decoding thread threw', { cause: error });
    this.#pending?.reject(this.#failure);
  }
}
