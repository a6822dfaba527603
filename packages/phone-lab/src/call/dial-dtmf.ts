import { setTimeout as delay } from 'node:timers/promises';

/** How long the gateway plays a key of a dial: 250 ms of tone and 250 ms of pause, each rounded up to frames of 20 ms. */
const keyMs = 520;

/** How long a `w` in a DTMF string waits. */
const waitMs = 500;

/** The keys of a dial's DTMF string, and how long each step takes; `w` has no key. */
function splitDtmf(dtmf: string): { readonly key?: string; readonly takesMs: number }[] {
  return Array.from(dtmf, (symbol) => (symbol === 'w' ? { takesMs: waitMs } : { key: symbol, takesMs: keyMs }));
}

/** The gateway plays the keys of a dial, and does nothing else meanwhile. */
export class DialKeys {
  /** Resolves with whether all keys were played, and not stopped. */
  readonly played: Promise<boolean>;
  readonly #stop = new AbortController();

  constructor(dtmf: string, press: (key: string) => void) {
    this.played = this.#play(dtmf, press);
  }

  stop(): void {
    this.#stop.abort();
  }

  async #play(dtmf: string, press: (key: string) => void): Promise<boolean> {
    for (const { key, takesMs } of splitDtmf(dtmf)) {
      if (key !== undefined) press(key);
      // Only a stop aborts the delay.
      await delay(takesMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      if (this.#stop.signal.aborted) return false;
    }
    return true;
  }
}
