import type { MergeEnd, MissingProof } from './merge.js';
import type { ProofHelp } from './listener-subscription.js';
import { proveFlow } from './prove-flow.js';
import type { Flow } from './prove-flow.js';

/** What ends a merge from outside. */
type MergeStop = 'aborted' | 'unmerged' | MergeEnd['cause'];

/** One try at a merge. The first cause that stops it counts. */
export class MergeAttempt {
  readonly #controller = new AbortController();
  readonly #userSignal: AbortSignal | undefined;
  #stopped: MergeStop | undefined;
  readonly #onAbort = (): void => this.stop('aborted');

  constructor(userSignal: AbortSignal | undefined) {
    this.#userSignal = userSignal;
    if (userSignal?.aborted) this.stop('aborted');
    else userSignal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get stopped(): MergeStop | undefined {
    return this.#stopped;
  }

  stop(cause: MergeStop): void {
    this.#stopped ??= cause;
    this.#controller.abort();
  }

  /** From here on the user's signal has no effect: the attempt is over. */
  settle(): void {
    this.#userSignal?.removeEventListener('abort', this.#onAbort);
  }

  /** What is missing after `limitMs`, or when the attempt is stopped; nothing as soon as every flow stands. */
  async prove(flows: readonly Flow[], limitMs: number, help: ProofHelp): Promise<readonly MissingProof[]> {
    const limit = new AbortController();
    const end = (): void => limit.abort();
    const timer = setTimeout(end, limitMs);
    this.signal.addEventListener('abort', end, { once: true });
    if (this.signal.aborted) end();
    try {
      return (await Promise.all(flows.map((flow) => proveFlow(flow, limit.signal, help)))).flat();
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', end);
    }
  }
}
