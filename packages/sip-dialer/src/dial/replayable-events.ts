import { deferred, type Deferred } from '@org/support';

/** Keeps what was added, and gives all of it to each iteration, waiting for more until it is closed. */
export class StepLog<Step> implements AsyncIterable<Step> {
  readonly #steps: Step[] = [];
  #end: { readonly error?: unknown } | undefined;
  #changed: Deferred<void> = deferred();

  add(step: Step): void {
    this.#steps.push(step);
    this.#wake();
  }

  /** Ends every iteration after the last step, by throwing `error` when there is one. */
  close(end: { readonly error?: unknown } = {}): void {
    this.#end = end;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Step, void, undefined> {
    let given = 0;
    while (true) {
      for (const step of this.#steps.slice(given)) {
        given += 1;
        yield step;
      }
      if (given < this.#steps.length) continue;
      if (this.#end !== undefined) break;
      await this.#changed.promise;
    }
    if ('error' in this.#end) throw this.#end.error;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = deferred();
  }
}
