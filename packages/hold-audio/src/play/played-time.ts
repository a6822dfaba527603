/** Milliseconds per step in which a native queue is played. */
const STEP_MS = 10;
/** Number of writes that are remembered (one second), and number that is needed for certainty. */
const WINDOW = 50;
const ENOUGH = 10;
/** Milliseconds around a step in which it is uncertain whether the step has been played. */
const MARGIN_MS = 2;

/**
 * Computes how much of a native queue has been played. The queue does not report it; but it is played in even steps,
 * and a write resolves at the step at which the queue has fallen to its limit.
 */
export class PlayedTime {
  readonly #limitMs: number;
  /** For each of the last writes, the latest time at which the first of all steps can have been due. */
  readonly #latestStarts: number[] = [];
  #writtenMs = 0;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Records a write, from its call to its end. */
  onWritten(ms: number, calledAt: number, endedAt: number): void {
    // An unknown amount of silence that was never written has been played meanwhile.
    if (calledAt > this.#start() + this.#writtenMs + STEP_MS / 2) this.#latestStarts.length = 0;
    this.#writtenMs += ms;
    this.#latestStarts.push(endedAt - (this.#writtenMs - this.#limitMs));
    if (this.#latestStarts.length > WINDOW) this.#latestStarts.shift();
  }

  /** Returns the milliseconds until the last step is certain: 0 if it is now, undefined if it never is. */
  untilCertain(now: number): number | undefined {
    if (this.#latestStarts.length < ENOUGH) return undefined;
    const intoStep = (now - this.#start()) % STEP_MS;
    if (intoStep >= MARGIN_MS && intoStep <= STEP_MS - MARGIN_MS) return 0;
    return (STEP_MS * 1.5 - intoStep) % STEP_MS;
  }

  /** Treats the unplayed audio as never written, and returns its milliseconds. */
  takeBack(now: number): number {
    const playedMs = Math.floor((now - this.#start()) / STEP_MS) * STEP_MS;
    const leftMs = Math.max(0, this.#writtenMs - playedMs);
    this.#writtenMs -= leftMs;
    return leftMs;
  }

  #start(): number {
    return Math.min(...this.#latestStarts);
  }
}
