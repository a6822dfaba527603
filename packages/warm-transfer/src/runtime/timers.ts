import type { ClockPort } from './ports.js';

/** Named timers; setting one replaces the timer of that name. */
export class Timers {
  readonly #clock: ClockPort;
  readonly #running: Map<string, () => void> = new Map();

  constructor(clock: ClockPort) {
    this.#clock = clock;
  }

  set(name: string, ms: number, callback: () => void): void {
    this.clear(name);
    const cancel = this.#clock.after(ms, () => {
      if (this.#running.get(name) === cancel) this.#running.delete(name);
      callback();
    });
    this.#running.set(name, cancel);
  }

  clear(name: string): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  clearAll(): void {
    for (const name of this.#running.keys()) this.clear(name);
  }
}
