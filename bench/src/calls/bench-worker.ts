import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabWorker, PhoneLab } from '@org/phone-lab';
import { foundWithin } from '../found-within.js';
import { toneWav } from '../hold/tone-wav.js';
import { voices } from './voices.js';
import type { WorkerEvent } from './worker-event.js';

/** A real agent worker whose transfers are made by either library, and what it logs about them. */
export class BenchWorker implements AsyncDisposable {
  readonly #worker: LabWorker;
  readonly #directory: string;

  private constructor(worker: LabWorker, directory: string) {
    this.#worker = worker;
    this.#directory = directory;
  }

  static async start(lab: PhoneLab): Promise<BenchWorker> {
    const directory = await mkdtemp(join(tmpdir(), 'transfer-bench-'));
    try {
      const holdClip = join(directory, 'hold.wav');
      await writeFile(holdClip, toneWav(voices.hold, 5));
      await writeFile(join(directory, 'events.jsonl'), '');
      const env = {
        BENCH_HOLD_CLIP: holdClip,
        BENCH_EVENTS: join(directory, 'events.jsonl'),
      };
      const entry = new URL('./bench-agent.js', import.meta.url).pathname;
      return new BenchWorker(await lab.startWorker(entry, { env }), directory);
    } catch (error) {
      await rm(directory, { recursive: true });
      throw error;
    }
  }

  /** When this happened in the call of that room; undefined when it did not within the limit. */
  async when(room: string, event: WorkerEvent['event'], limitMs: number): Promise<number | undefined> {
    const found = await foundWithin(limitMs, async () =>
      (await this.#events()).find((logged) => logged.room === room && logged.event === event),
    );
    return found?.at;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #events(): Promise<WorkerEvent[]> {
    const text = await readFile(join(this.#directory, 'events.jsonl'), 'utf8');
    const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return complete.filter((line) => line !== '').map((line) => JSON.parse(line) as WorkerEvent);
  }
}
