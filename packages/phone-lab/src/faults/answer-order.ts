import { setTimeout as delay } from 'node:timers/promises';

/** Between two answers, so that clients on connections of their own see them in this order, ms. */
const apartMs = 20;

/** Holds answers until there are enough of them, and gives them in reverse order. */
export class AnswerOrder {
  readonly #count: number;
  readonly #withinMs: number;
  #held: (() => void)[] = [];
  #limit: NodeJS.Timeout | undefined;

  constructor(count: number, withinMs: number) {
    this.#count = count;
    this.#withinMs = withinMs;
  }

  /** Resolves when it is the turn of the answer that has come now. */
  async turn(): Promise<void> {
    const turn = new Promise<void>((resolve) => this.#held.push(resolve));
    this.#limit ??= setTimeout(() => void this.#release(), this.#withinMs).unref();
    if (this.#held.length >= this.#count) void this.#release();
    await turn;
  }

  async #release(): Promise<void> {
    clearTimeout(this.#limit);
    this.#limit = undefined;
    const held = this.#held.toReversed();
    this.#held = [];
    for (const give of held) {
      give();
      await delay(apartMs, undefined, { ref: false });
    }
  }
}
