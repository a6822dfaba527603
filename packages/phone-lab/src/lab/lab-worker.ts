import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LabProxy } from '../proxy/lab-proxy.js';
import { deferred } from '../deferred.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { spawnGuarded, type GuardedProcess } from '../server/guarded-process.js';

export interface LabWorkerOptions {
  /** Default `['start']`, as the command line of `@livekit/agents` wants it. */
  readonly args?: readonly string[];
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long the worker may take to register. Default 30000. */
  readonly startLimitMs?: number;
  /** How long it may take to end after SIGTERM before it is killed with its jobs. Default 3000. */
  readonly stopLimitMs?: number;
}

const labWorkerDefaults: Readonly<Required<Omit<LabWorkerOptions, 'env'>>> = Object.freeze({
  args: ['start'],
  startLimitMs: 30_000,
  stopLimitMs: 3000,
});

/** An agent worker that the lab runs as a process of its own. It cannot outlive the process of the lab. */
export interface LabWorker extends AsyncDisposable {
  /** Process id of the worker itself. */
  readonly pid: number;
  /** Whether it is no longer running. */
  readonly ended: boolean;
  /** The output so far. */
  output(): Promise<string>;
  /** Ends it and its jobs. Idempotent. */
  stop(): Promise<void>;
}

/** Starts a Node program as a worker of this proxy; resolves when it has registered. */
export async function startLabWorker(
  file: string,
  server: Readonly<Record<string, string>>,
  proxy: Pick<LabProxy, 'onWorker'>,
  given: LabWorkerOptions,
): Promise<LabWorker> {
  const { args, env, startLimitMs, stopLimitMs } = { ...labWorkerDefaults, ...given };
  const directory = await mkdtemp(join(tmpdir(), 'phone-lab-worker-'));
  const logFile = join(directory, 'worker.log');
  const ready = deferred<'ready'>();
  const stopWaiting = proxy.onWorker(() => ready.resolve('ready'));
  const guarded = spawnGuarded({
    command: process.execPath,
    args: [file, ...args],
    env: { ...process.env, ...server, ...env },
    logFile,
    graceMs: stopLimitMs,
  });
  const late = new AbortController();
  const first = await Promise.race([
    ready.promise,
    guarded.exited.then(() => 'ended' as const),
    delay(startLimitMs, 'late' as const, { signal: late.signal }),
  ]);
  late.abort();
  stopWaiting();
  const worker = new RunningLabWorker(guarded, (await guarded.pid) ?? 0, directory, logFile);
  if (first === 'ready') return worker;
  const output = await worker.output();
  await worker.stop();
  const what = first === 'ended' ? 'ended before it registered' : `did not register within ${startLimitMs} ms`;
  throw new PhoneLabError('worker-failed', `the worker ${file} ${what}; it printed:\n${output.slice(-4000)}`);
}

class RunningLabWorker implements LabWorker {
  readonly pid: number;
  readonly #guarded: GuardedProcess;
  readonly #directory: string;
  readonly #logFile: string;
  #ended = false;
  #stopping: Promise<void> | undefined;
  #lastOutput: string | undefined;

  constructor(guarded: GuardedProcess, pid: number, directory: string, logFile: string) {
    this.pid = pid;
    this.#guarded = guarded;
    this.#directory = directory;
    this.#logFile = logFile;
    void this.#watchEnd();
  }

  get ended(): boolean {
    return this.#ended;
  }

  async output(): Promise<string> {
    return this.#lastOutput ?? readFile(this.#logFile, 'utf8');
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #watchEnd(): Promise<void> {
    await this.#guarded.exited;
    this.#ended = true;
  }

  async #stop(): Promise<void> {
    await this.#guarded.stop();
    this.#lastOutput = await readFile(this.#logFile, 'utf8');
    await rm(this.#directory, { recursive: true, force: true });
  }
}
