/** Detects an agent that should speak and does not: a model of language or voice that hangs. */
export class ReplyTimer {
  readonly #timeoutMs: number;
  readonly #onLate: () => void;
  readonly #onPending: (now: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #isPending = false;
  #isHumanSpeaking = false;

  constructor(timeoutMs: number, listener: { onLate(): void; onPending(now: boolean): void }) {
    this.#timeoutMs = timeoutMs;
    this.#onLate = () => listener.onLate();
    this.#onPending = (now) => listener.onPending(now);
  }

  get isReplyPending(): boolean {
    return this.#isPending;
  }

  /** Starts to wait for the agent to speak. */
  expectReply(): void {
    this.#isPending = true;
    this.#onPending(true);
    this.#restart();
  }

  /** Ends the wait: the agent spoke, called a tool, or had nothing to say. */
  replyStarted(): void {
    clearTimeout(this.#timer);
    if (!this.#isPending) return;
    this.#isPending = false;
    this.#onPending(false);
  }

  /** Suspends the timeout while the human agent speaks. */
  onHumanSpeaking(now: boolean): void {
    this.#isHumanSpeaking = now;
    this.#restart();
  }

  close(): void {
    this.replyStarted();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#isPending && !this.#isHumanSpeaking) this.#timer = setTimeout(this.#onLate, this.#timeoutMs);
  }
}
