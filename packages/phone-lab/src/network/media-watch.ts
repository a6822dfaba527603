import type { MediaLimits } from './forwarder-messages.js';

/**
 * Looks for RTP as the gateway does. The client sends some at least every half second, in silence as well, so the end of a
 * limit is noticed by a packet that was stopped; a client that sends nothing at all has lost its connection, not its media.
 */
export class MediaWatch {
  readonly #limits: MediaLimits;
  readonly #onSilent: () => void;
  readonly #startedAt: number = performance.now();
  #lastAt: number | undefined;
  #isOver = false;

  constructor(limits: MediaLimits, onSilent: () => void) {
    this.#limits = limits;
    this.#onSilent = onSilent;
  }

  /** Takes note of an RTP packet, which passed or was stopped. */
  note(passed: boolean): void {
    if (this.#isOver) return;
    const now = performance.now();
    if (passed) {
      this.#lastAt = now;
      return;
    }
    const { initialMs, generalMs } = this.#limits;
    const endsAt = this.#lastAt === undefined ? this.#startedAt + initialMs : this.#lastAt + generalMs;
    if (now < endsAt) return;
    this.#isOver = true;
    this.#onSilent();
  }
}
