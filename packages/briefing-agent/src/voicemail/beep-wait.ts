import { anySignal, within } from '@org/support';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import { BeepListener } from './beep-listener.js';

/** Waits for the beep of a voicemail, which may have come before the wait. */
export class BeepWait {
  readonly #options: ParsedOptions;
  readonly #closed: AbortSignal;
  #listener: BeepListener | undefined;

  /** @param closed ends every wait */
  constructor(options: ParsedOptions, closed: AbortSignal) {
    this.#options = options;
    this.#closed = closed;
  }

  /** Starts to listen if `voicemail.listenForBeep` is set: the call is answered. */
  onAnswered(): void {
    if (this.#options.voicemail.listenForBeep) this.#listen();
  }

  /** Resolves when a beep has come since the listener started, or after `voicemail.beepTimeoutMs`. */
  async wait(signal: AbortSignal = this.#closed): Promise<void> {
    const { beepTimeoutMs } = this.#options.voicemail;
    const over = anySignal(signal, this.#closed);
    await within(beepTimeoutMs, this.#listen().heard, () => undefined, { signal: over }).catch(() => undefined);
  }

  /** Never throws. */
  async close(): Promise<void> {
    await this.#listener?.close();
  }

  #listen(): BeepListener {
    this.#listener ??= new BeepListener(this.#options.room, this.#options.humanIdentity);
    return this.#listener;
  }
}
