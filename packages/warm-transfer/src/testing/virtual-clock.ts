import type { ClockPort } from '../runtime/ports.js';

/** A clock that advances only by `advance()`. */
export class VirtualClock implements ClockPort {
  readonly #timers: Set<{ readonly at: number; readonly callback: () => void }> = new Set();
  #now = 0;

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Number of waiting timers. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Advances by `ms`, firing each timer at its time and letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settlePromises();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#now = next.at;
      this.#timers.delete(next);
      next.callback();
      await settlePromises();
    }
    this.#now = until;
  }

  #next(until: number): { readonly at: number; readonly callback: () => void } | undefined {
    const due = [...this.#timers].filter(({ at }) => at <= until);
    return due.toSorted((a, b) => a.at - b.at)[0];
  }
}

/** Lets all promises settle that can, without real time passing. */
export async function settlePromises(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
