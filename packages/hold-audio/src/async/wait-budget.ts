import { within } from '@org/support';

/** A time limit that several waits share; the time between them does not count. */
export class WaitBudget {
  #leftMs: number;
  readonly #onLate: () => never;

  constructor(ms: number, onLate: () => never) {
    this.#leftMs = ms;
    this.#onLate = onLate;
  }

  async wait<T>(promise: Promise<T>): Promise<T> {
    const since = performance.now();
    try {
      return await within(this.#leftMs, promise, this.#onLate);
    } finally {
      this.#leftMs -= performance.now() - since;
    }
  }
}
