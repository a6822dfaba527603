import { onAbort } from '../async/abort-signal.js';

interface Work<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  /** Number of waiting callers; a caller without a signal never leaves. */
  waiting: number;
}

/**
 * Runs work once per key, however many callers request it at the same time, and aborts it when all of them have left.
 * Keeps no results.
 */
export class SingleFlight<T> {
  readonly #works = new Map<string, Work<T>>();

  /**
   * Returns the result of `work`, or of the work of this key that already runs. The signal ends the wait of this
   * caller.
   */
  run(key: string, work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const shared = this.#works.get(key) ?? this.#begin(key, work);
    shared.waiting += 1;
    if (signal !== undefined) this.#abandonOn(signal, key, shared);
    return shared.result;
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<T>): Work<T> {
    const stop = new AbortController();
    const shared: Work<T> = { result: work(stop.signal), stop, waiting: 0 };
    this.#works.set(key, shared);
    const forget = (): void => this.#forget(key, shared);
    shared.result.then(forget, forget);
    return shared;
  }

  #abandonOn(signal: AbortSignal, key: string, shared: Work<T>): void {
    const leave = (): void => {
      shared.waiting -= 1;
      if (shared.waiting > 0) return;
      this.#forget(key, shared);
      shared.stop.abort(signal.reason);
    };
    if (signal.aborted) return leave();
    const stay = onAbort(signal, leave);
    shared.result.then(stay, stay);
  }

  #forget(key: string, shared: Work<T>): void {
    if (this.#works.get(key) === shared) this.#works.delete(key);
  }
}
