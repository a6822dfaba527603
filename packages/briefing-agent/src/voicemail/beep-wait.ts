import type { CheckedOptions } from '../options/parse-briefing-options.js';
import { settleWithin } from '../settle-within.js';
import { BeepWatch } from './beep-listener.js';

/** Waits for the beep of a mailbox, which may have come before anybody waits for it. */
export class BeepWait {
  readonly #options: CheckedOptions;
  readonly #over: AbortSignal;
  #watch: BeepWatch | undefined;

  /** `over` ends every wait. */
  constructor(options: CheckedOptions, over: AbortSignal) {
    this.#options = options;
    this.#over = over;
  }

  /** The call is answered: from now on a beep counts, if one was asked for. */
  answered(): void {
    if (this.#options.machine.listenForBeep) this.#listen();
  }

  /** Resolves when a beep has come since it was first listened for, or is waited for no longer. */
  async wait(signal: AbortSignal = this.#over): Promise<void> {
    const { beepMs } = this.#options.machine;
    await settleWithin(this.#listen().heard, { limitMs: beepMs, signal: AbortSignal.any([signal, this.#over]) });
  }

  /** Never throws. */
  async close(): Promise<void> {
    await this.#watch?.close();
  }

  #listen(): BeepWatch {
    this.#watch ??= new BeepWatch(this.#options.room, this.#options.humanIdentity);
    return this.#watch;
  }
}
