import { sleep } from '../support/sleep.js';
import { relayFrameMs } from './relay-format.js';

/** A process that stood still for longer goes on from now; it does not send all that it missed. In milliseconds. */
const makeUpMs = 1_000;

/**
 * Asks for a frame of silence every 10 ms, as long as it runs; late ones are made up for.
 *
 * A track without a frame for less than two seconds looks to the listener's jitter buffer like a network that delays by
 * as much, and it adds that delay to all that comes after. So a track gets its frames without a pause.
 */
export class SilenceFeed {
  readonly #send: () => Promise<void>;
  #running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;

  constructor(send: () => Promise<void>) {
    this.#send = send;
  }

  start(): void {
    if (this.#running) return;
    const stop = new AbortController();
    this.#running = { stop, done: this.#run(stop.signal) };
  }

  /** Resolves when the last frame has been sent. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.stop.abort();
    await running?.done;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let dueAt = performance.now();
    while (!signal.aborted) {
      const dueInMs = dueAt - performance.now();
      if (dueInMs > 0) await sleep(dueInMs, signal);
      else if (dueInMs < -makeUpMs) dueAt = performance.now();
      if (!signal.aborted) await this.#send();
      dueAt += relayFrameMs;
    }
  }
}
