import type { Promotion } from '@org/consult-room';
import { deferred, type Deferred } from './deferred.js';
import type { TransferPhaseEvent } from './transfer-phase.js';

export type TransferListener = (event: TransferPhaseEvent) => void;
export type PromotionListener = (promotion: Promotion) => void;

/**
 * The changes of phase of one transfer, to listeners and to `for await`. A loop sees all events from the first one on,
 * whenever it begins, and ends when the transfer has ended.
 */
export class TransferEvents implements AsyncIterable<TransferPhaseEvent> {
  readonly #past: TransferPhaseEvent[] = [];
  readonly #listeners: Set<TransferListener> = new Set();
  readonly #promotionListeners: Set<PromotionListener> = new Set();
  #next: Deferred<void> = deferred();
  #closed = false;

  /** Returns the way to stop listening. What a listener throws is a note of the outcome. */
  on(listener: TransferListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Calls `listener` when it is known whether the human agent's phone has come into the caller's room by itself, after
   * `merge.promote`. Returns the way to stop listening.
   */
  onPromotion(listener: PromotionListener): () => void {
    this.#promotionListeners.add(listener);
    return () => this.#promotionListeners.delete(listener);
  }

  /** @internal `trouble` takes what listeners throw. */
  tellPromotion(promotion: Promotion, trouble: (cause: unknown) => void): void {
    tellAll(this.#promotionListeners, promotion, trouble);
  }

  /** @internal `trouble` takes what listeners throw. */
  tell(event: TransferPhaseEvent, trouble: (cause: unknown) => void): void {
    this.#past.push(event);
    this.#wake();
    tellAll(this.#listeners, event, trouble);
  }

  /** @internal No event comes any more. */
  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#promotionListeners.clear();
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

function tellAll<T>(listeners: Iterable<(what: T) => void>, what: T, trouble: (cause: unknown) => void): void {
  for (const listener of listeners) {
    try {
      listener(what);
    } catch (cause) {
      trouble(cause);
    }
  }
}
