/** A native queue is played in steps of so many milliseconds. */
const STEP_MS = 10;
/** How many writes are looked back on, a second's worth, and how many it takes to be certain. */
const WINDOW = 50;
const ENOUGH = 10;
/** Nearer to a step than this, it is not certain whether it has been taken. In milliseconds. */
const MARGIN_MS = 2;

/**
 * Knows how much of a native queue has been played. The queue does not say so; but it is played in even steps, and a
 * write resolves at the step with which the queue has come down to its limit.
 */
export class PlayedTime {
  readonly #limitMs: number;
  /** By each of the last writes: the latest moment at which the first of all steps can have been due. */
  readonly #latestStarts: number[] = [];
  #writtenMs = 0;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Notes a write, from its call to its end. */
  onWritten(ms: number, calledAt: number, endedAt: number): void {
    // Silence that was never written has been played meanwhile, nobody knows how much.
    if (calledAt > this.#start() + this.#writtenMs + STEP_MS / 2) this.#latestStarts.length = 0;
    this.#writtenMs += ms;
    this.#latestStarts.push(endedAt - (this.#writtenMs - this.#limitMs));
    if (this.#latestStarts.length > WINDOW) this.#latestStarts.shift();
  }

  /** How long to wait until it is certain which step was the last one; 0 if it is now, undefined if it never is. */
  untilCertain(now: number): number | undefined {
    if (this.#latestStarts.length < ENOUGH) return undefined;
    const intoStep = (now - this.#start()) % STEP_MS;
    if (intoStep >= MARGIN_MS && intoStep <= STEP_MS - MARGIN_MS) return 0;
    return (STEP_MS * 1.5 - intoStep) % STEP_MS;
  }

  /** Takes what has not been played as never written; returns how much that is. */
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
