/** Whose turn it is: `answer` is the agent's that it has not begun yet. */
export type Speaker = 'agent' | 'answer' | 'human';

/** Measures how long neither side has spoken. Runs from `start()` to `close()`. */
export class SilenceClock {
  #limitMs: number;
  readonly #onSilent: () => void;
  readonly #speaking = new Set<Speaker>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(limitMs: number, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#onSilent = onSilent;
  }

  start(): void {
    this.#running = true;
    this.#restart();
  }

  /** Somebody began or stopped to speak. */
  speaking(who: Speaker, now: boolean): void {
    if (now) this.#speaking.add(who);
    else this.#speaking.delete(who);
    this.#restart();
  }

  /** Somebody showed that they are there: words, or a key. */
  sign(): void {
    this.#restart();
  }

  /** Counts from the next sign on. */
  setLimit(limitMs: number): void {
    this.#limitMs = limitMs;
  }

  close(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#running && this.#speaking.size === 0) this.#timer = setTimeout(this.#onSilent, this.#limitMs);
  }
}
