/** A side that can speak; `reply`: the agent's answer that has not begun yet. */
export type Speaker = 'agent' | 'reply' | 'human';

/** Measures how long neither side has spoken. Runs from `start()` to `close()`. */
export class SilenceTimer {
  #timeoutMs: number;
  readonly #onElapsed: () => void;
  readonly #speaking = new Set<Speaker>();
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;

  constructor(timeoutMs: number, onElapsed: () => void) {
    this.#timeoutMs = timeoutMs;
    this.#onElapsed = onElapsed;
  }

  start(): void {
    this.#isRunning = true;
    this.#restart();
  }

  /** Notes that a side has begun or stopped to speak. */
  speaking(speaker: Speaker, now: boolean): void {
    if (now) this.#speaking.add(speaker);
    else this.#speaking.delete(speaker);
    this.#restart();
  }

  /** Restarts the silence after words or a key. */
  humanActivity(): void {
    this.#restart();
  }

  /** Sets the timeout, which counts from the next restart on. */
  setTimeoutMs(timeoutMs: number): void {
    this.#timeoutMs = timeoutMs;
  }

  close(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#isRunning && this.#speaking.size === 0) this.#timer = setTimeout(this.#onElapsed, this.#timeoutMs);
  }
}
