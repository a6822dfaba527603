/** The limits that are running. */
export class Timers<T extends string> {
  readonly #limits: Readonly<Record<T, number>>;
  readonly #onElapsed: (timer: T) => void;
  readonly #running = new Map<T, NodeJS.Timeout>();

  constructor(limits: Readonly<Record<T, number>>, onElapsed: (timer: T) => void) {
    this.#limits = limits;
    this.#onElapsed = onElapsed;
  }

  set(timer: T, limitMs: number = this.#limits[timer]): void {
    clearTimeout(this.#running.get(timer));
    // No process is kept alive for a limit: where there is something to wait for, it is a room or a request.
    this.#running.set(timer, setTimeout(this.#onElapsed, limitMs, timer).unref());
  }

  clear(): void {
    for (const running of this.#running.values()) clearTimeout(running);
    this.#running.clear();
  }
}
