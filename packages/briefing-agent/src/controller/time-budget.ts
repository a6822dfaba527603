/** An amount of time that is spent while the budget runs. */
export class TimeBudget {
  #leftMs: number;
  readonly #onSpent: () => void;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, onSpent: () => void) {
    this.#leftMs = ms;
    this.#onSpent = onSpent;
  }

  run(): void {
    if (this.#since !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onSpent, this.#leftMs);
  }

  pause(): void {
    if (this.#since === undefined) return;
    clearTimeout(this.#timer);
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#since));
    this.#since = undefined;
  }
}
