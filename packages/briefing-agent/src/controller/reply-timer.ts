/** Notices an agent that was asked and does nothing: a model of language or voice that hangs. */
export class ReplyWatch {
  readonly #limitMs: number;
  readonly #onLate: () => void;
  readonly #onOwed: (now: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #owed = false;
  #humanSpeaks = false;

  constructor(limitMs: number, news: { late(): void; owed(now: boolean): void }) {
    this.#limitMs = limitMs;
    this.#onLate = () => news.late();
    this.#onOwed = (now) => news.owed(now);
  }

  get isOwed(): boolean {
    return this.#owed;
  }

  /** The agent has to speak now. */
  owe(): void {
    this.#owed = true;
    this.#onOwed(true);
    this.#restart();
  }

  /** It spoke, called a tool, or had nothing to say. */
  paid(): void {
    clearTimeout(this.#timer);
    if (!this.#owed) return;
    this.#owed = false;
    this.#onOwed(false);
  }

  /** Nobody is to answer while the person still speaks. */
  humanSpeaking(now: boolean): void {
    this.#humanSpeaks = now;
    this.#restart();
  }

  close(): void {
    this.paid();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#owed && !this.#humanSpeaks) this.#timer = setTimeout(this.#onLate, this.#limitMs);
  }
}
