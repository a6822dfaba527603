import type { Timer } from './effect.js';

/** The limits that are running. */
export class Timers {
  readonly #limits: Readonly<Record<Timer, number>>;
  readonly #onElapsed: (timer: Timer) => void;
  readonly #running = new Map<Timer, NodeJS.Timeout>();

  constructor(limits: Readonly<Record<Timer, number>>, onElapsed: (timer: Timer) => void) {
    this.#limits = limits;
    this.#onElapsed = onElapsed;
  }

  set(timer: Timer): void {
    clearTimeout(this.#running.get(timer));
    // No process is kept alive for a limit: where there is something to wait for, it is a room or a request.
    this.#running.set(timer, setTimeout(this.#onElapsed, this.#limits[timer], timer).unref());
  }

  clear(): void {
    for (const running of this.#running.values()) clearTimeout(running);
    this.#running.clear();
  }
}
