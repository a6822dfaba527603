import { setTimeout as delay } from 'node:timers/promises';

/** Lets frames go no earlier than so many milliseconds before they sound. */
export class FramePace {
  readonly #frameMs: number;
  readonly #aheadMs: number;
  /** When all that went will have sounded. */
  #until = 0;

  constructor(frameMs: number, aheadMs: number) {
    this.#frameMs = frameMs;
    this.#aheadMs = aheadMs;
  }

  /** Resolves when the next frame may go. */
  async next(): Promise<void> {
    this.#until = Math.max(this.#until, performance.now());
    const early = this.#until - this.#aheadMs - performance.now();
    if (early > 0) await delay(early);
    this.#until += this.#frameMs;
  }
}
