import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { deferred, type Deferred } from '../deferred.js';
import type { ForwarderMessage, ForwarderOrder, ForwarderRequest } from './forwarder-messages.js';

/** The program of the thread: in the built package, also when the package runs from its sources. */
const program: string = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/network/forwarder-main.js' : './network/forwarder-main.js',
    import.meta.url,
  ),
);

/** The thread that passes UDP packets between clients and the server. It starts with the first route. */
export class PacketForwarder {
  readonly #answers = new Map<number, Deferred<number | undefined>>();
  readonly #onSilent = new Map<number, () => void>();
  #worker: Worker | undefined;
  #requests = 0;
  #routes = 0;
  #closed = false;

  /** Makes a route, and calls back when RTP of its participant was stopped for too long. Returns its number. */
  addRoute(onSilent: () => void): number {
    const route = (this.#routes += 1);
    this.#onSilent.set(route, onSilent);
    return route;
  }

  /** Forgets a route and closes its sockets. */
  async closeRoute(route: number): Promise<void> {
    this.#onSilent.delete(route);
    if (this.#worker) await this.ask(route, { do: 'close' });
  }

  /** Does something for a route. Resolves when it is done, or the forwarder is closed; with the port for `open`. */
  async ask(route: number, order: ForwarderOrder): Promise<number | undefined> {
    if (this.#closed) return undefined;
    const id = (this.#requests += 1);
    const answer = deferred<number | undefined>();
    this.#answers.set(id, answer);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, route, ...order } satisfies ForwarderRequest, []);
    return answer.promise;
  }

  /** Ends the thread, and with it every socket. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    for (const answer of this.#answers.values()) answer.resolve(undefined);
    this.#answers.clear();
  }

  #start(): Worker {
    const worker = new Worker(program, { execArgv: [] });
    worker.on('message', (message: ForwarderMessage) => {
      if ('silent' in message) {
        this.#onSilent.get(message.silent)?.();
        return;
      }
      this.#answers.get(message.answers)?.resolve(message.port);
      this.#answers.delete(message.answers);
    });
    return worker;
  }
}
