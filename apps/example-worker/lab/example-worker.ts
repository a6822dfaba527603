import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LabWorker, PhoneLab } from '@org/phone-lab';
import type { LoggedEvent } from '../src/event-log.js';

/** The built worker, as the package's `start` script runs it. */
const entry = createRequire(import.meta.url).resolve('example-worker/agent');

/** The example worker in a process of its own, registered with the lab's server, and what it logs about its calls. */
export class ExampleWorker implements AsyncDisposable {
  readonly #worker: LabWorker;
  readonly #directory: string;
  readonly #gone: AbortController = new AbortController();
  readonly #watch: NodeJS.Timeout;
  #skipped = 0;

  private constructor(worker: LabWorker, directory: string) {
    this.#worker = worker;
    this.#directory = directory;
    this.#watch = setInterval(() => {
      if (worker.ended) this.#gone.abort(new Error('the worker has ended'));
    }, 50).unref();
  }

  /** Resolves when the worker takes calls. `env`: further environment variables. */
  static async start(lab: PhoneLab, env: Readonly<Record<string, string>> = {}): Promise<ExampleWorker> {
    const directory = await mkdtemp(join(tmpdir(), 'example-worker-'));
    try {
      const all = { ...env, TRANSFER_EVENTS: join(directory, 'events.jsonl') };
      return new ExampleWorker(await lab.startWorker(entry, { env: all }), directory);
    } catch (error) {
      await rm(directory, { recursive: true });
      throw error;
    }
  }

  get pid(): number {
    return this.#worker.pid;
  }

  /** Everything that the worker printed. */
  output(): Promise<string> {
    return this.#worker.output();
  }

  /** Aborted when the worker has ended, for any reason: waiting for it is pointless then. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Skips the events logged so far, so that the next call's events are seen alone. */
  async skipEvents(): Promise<void> {
    this.#skipped += (await this.events()).length;
  }

  /** The events that the worker logged about its calls so far, or since `skipEvents()`, in order. */
  async events(): Promise<LoggedEvent[]> {
    // The file comes with the first event.
    const text = await readFile(join(this.#directory, 'events.jsonl'), 'utf8').catch(() => '');
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LoggedEvent);
    return events.slice(this.#skipped);
  }

  /** Waits for an event of this name. Rejects with what the worker printed when it does not come. */
  async waitFor(event: string, timeoutMs = 20_000): Promise<LoggedEvent> {
    for (const until = Date.now() + timeoutMs; Date.now() < until && !this.#worker.ended; await delay(20)) {
      const found = (await this.events()).find((logged) => logged.event === event);
      if (found !== undefined) return found;
    }
    throw new Error(`the worker did not log "${event}"; it printed:\n${(await this.output()).slice(-4000)}`);
  }

  /** Ends the worker and its jobs. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#watch);
    await this.#worker.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
