import { deferred, type Deferred } from './deferred.js';
import type { TransferPhaseEvent } from './transfer-phase.js';

export type TransferListener = (event: TransferPhaseEvent) => void;

/**
 * The changes of phase of one transfer, to listeners and to `for await`. A loop sees all events from the first one on,
 * whenever it begins, and ends when the transfer has ended.
 */
export class TransferEvents implements AsyncIterable<TransferPhaseEvent> {
  readonly #past: TransferPhaseEvent[] = [];
  readonly #listeners: Set<TransferListener> = new Set();
  #next: Deferred<void> = deferred();
  #closed = false;

  /** Returns the way to stop listening. What a listener throws is a note of the outcome. */
  on(listener: TransferListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @internal `trouble` takes what listeners throw. */
  tell(event: TransferPhaseEvent, trouble: (cause: unknown) => void): void {
    this.#past.push(event);
    this.#wake();
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (cause) {
        trouble(cause);
      }
    }
  }

  /** @internal No event comes any more. */
  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TransferPhaseEvent, void, undefined> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#past.length && !this.#closed) await this.#next.promise;
      const event = this.#past[index];
      if (event === undefined) return;
      yield event;
    }
  }

  #wake(): void {
    const { resolve } = this.#next;
    this.#next = deferred();
    resolve();
  }
}
