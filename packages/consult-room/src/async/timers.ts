/** The running timers of a state machine, by name. */
export class Timers<T extends string> {
  readonly #limits: Readonly<Record<T, number>>;
  readonly #onElapsed: (timer: T) => void;
  readonly #running = new Map<T, NodeJS.Timeout>();

  constructor(limits: Readonly<Record<T, number>>, onElapsed: (timer: T) => void) {
    this.#limits = limits;
    this.#onElapsed = onElapsed;
  }

  set(timer: T, timeoutMs: number = this.#limits[timer]): void {
    clearTimeout(this.#running.get(timer));
    // A timer keeps no process alive: the room or the request that it limits does.
    this.#running.set(timer, setTimeout(this.#onElapsed, timeoutMs, timer).unref());
  }

  clear(): void {
    for (const running of this.#running.values()) clearTimeout(running);
    this.#running.clear();
  }
}
