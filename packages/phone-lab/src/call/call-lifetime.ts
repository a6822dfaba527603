import { setTimeout as delay } from 'node:timers/promises';
import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneCallEnd } from '../phone/phone-call.js';

/** The lifetime of a call, and waiting that ends with it. */
export class CallLifetime {
  readonly #number: string;
  readonly #controller = new AbortController();
  /** Resolves when the call ends. */
  readonly #over: Promise<void> = new Promise((resolve) => {
    this.#controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  #ended: PhoneCallEnd | undefined;

  constructor(number: string) {
    this.#number = number;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get ended(): PhoneCallEnd | undefined {
    return this.#ended;
  }

  throwIfEnded(): void {
    if (this.#ended) throw new PhoneLabError('call-ended', `the call of ${this.#number} is over (${this.#ended.how})`);
  }

  /** Waits, but not beyond the end of the call: then it rejects with `call-ended`. */
  async untilEndedOr<T>(promise: Promise<T>): Promise<T> {
    this.throwIfEnded();
    promise.catch(() => undefined);
    return Promise.race([promise, this.#rejection()]).catch((error: unknown) => {
      this.throwIfEnded();
      throw error;
    });
  }

  async pause(forMs: number): Promise<void> {
    this.throwIfEnded();
    try {
      await delay(forMs, undefined, { signal: this.signal });
    } catch {
      this.throwIfEnded(); // Only the end of the call aborts the delay.
    }
  }

  /** Does something after a while, unless the call has ended by then. Never rejects. */
  async after(waitMs: number, act: () => Promise<void> | void): Promise<void> {
    try {
      await delay(waitMs, undefined, { signal: this.signal, ref: false });
    } catch {
      return; // The call ended first.
    }
    await act();
  }

  /** Marks the call as ended, and rejects pending steps. */
  protected setEnded(end: PhoneCallEnd): void {
    this.#ended = end;
    this.#controller.abort();
  }

  async #rejection(): Promise<never> {
    await this.#over;
    this.throwIfEnded();
    throw new PhoneLabError('call-ended', 'the call is over');
  }
}
