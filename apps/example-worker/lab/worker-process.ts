import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneLab } from '@org/phone-lab';
import type { LoggedEvent } from '../src/event-log.js';

/** The built worker, as the package's `start` script runs it. */
const entry = createRequire(import.meta.url).resolve('example-worker/agent');

/** The example worker in a process of its own, registered with the lab's server. */
export class WorkerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #directory: string;
  #output = '';

  private constructor(child: ChildProcess, directory: string) {
    this.#child = child;
    this.#directory = directory;
    const keep = (text: string): void => {
      this.#output += text;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
  }

  /** Resolves when the worker takes calls. */
  static async start(lab: PhoneLab, environment: NodeJS.ProcessEnv = {}): Promise<WorkerProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'example-worker-'));
    const child = spawn(process.execPath, [entry, 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that its job processes can be ended with it.
      detached: true,
      env: {
        ...process.env,
        LIVEKIT_URL: lab.url,
        LIVEKIT_API_KEY: lab.apiKey,
        LIVEKIT_API_SECRET: lab.apiSecret,
        LIVEKIT_SIP_OUTBOUND_TRUNK: lab.trunkId,
        LIVEKIT_SIP_NUMBER: lab.trunkNumber,
        WORKER_PORT: String(await freePort()),
        TRANSFER_EVENTS: join(directory, 'events.jsonl'),
        ...environment,
      },
    });
    const worker = new WorkerProcess(child, directory);
    try {
      await worker.#registered();
    } catch (error) {
      await worker[Symbol.asyncDispose]();
      throw error;
    }
    return worker;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything that the worker printed. */
  get output(): string {
    return this.#output;
  }

  /** What the worker logged about its calls so far, in order. */
  async events(): Promise<LoggedEvent[]> {
    const text = await readFile(join(this.#directory, 'events.jsonl'), 'utf8').catch(() => '');
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LoggedEvent);
  }

  /** Waits for an event of this name. Rejects with what the worker printed when it does not come. */
  async waitFor(event: string, timeoutMs = 20_000): Promise<LoggedEvent> {
    for (const until = Date.now() + timeoutMs; Date.now() < until; await delay(20)) {
      const found = (await this.events()).find((logged) => logged.event === event);
      if (found !== undefined) return found;
      if (this.#child.exitCode !== null) break;
    }
    throw new Error(`the worker did not log "${event}"; it printed:\n${this.#output.slice(-4000)}`);
  }

  /** Ends the worker and its jobs; the group is killed when it does not go by itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const late = new AbortController();
      const gone = await Promise.race([
        exited.then(() => true),
        delay(5_000, false, { signal: late.signal }).catch(() => true),
      ]);
      late.abort();
      if (!gone) {
        killGroup(this.pid);
        await exited;
      }
    }
    killGroup(this.pid);
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #registered(): Promise<void> {
    for (const until = Date.now() + 30_000; Date.now() < until; await delay(20)) {
      if (this.#output.includes('registered worker')) return;
      if (this.#child.exitCode !== null) break;
    }
    throw new Error(`the worker did not register; it printed:\n${this.#output.slice(-4000)}`);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((closed) => {
    probe.close(closed);
  });
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
