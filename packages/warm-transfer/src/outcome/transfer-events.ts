import type { Promotion } from '@org/consult-room';
import { type Deferred, deferred } from '@org/support';
import type { TransferPhaseEvent, TransferWaitEvent } from './transfer-phase.js';
import { harmless } from './user-callback.js';

export type TransferListener = (event: TransferPhaseEvent) => void;
export type PromotionListener = (promotion: Promotion) => void;
export type WaitListener = (event: TransferWaitEvent) => void;

interface ListenerOptions {
  readonly onPhase?: TransferListener | undefined;
  readonly onPromotion?: PromotionListener | undefined;
  readonly onWaiting?: WaitListener | undefined;
}

/**
 * The changes of phase of one transfer, to listeners and to `for await`. A loop sees all events from the first one on,
 * whenever it begins, and ends when the transfer has ended.
 */
export class TransferEvents implements AsyncIterable<TransferPhaseEvent> {
  readonly #note: (cause: unknown) => void;
  readonly #past: TransferPhaseEvent[] = [];
  readonly #listeners: Set<TransferListener> = new Set();
  readonly #promotionListeners: Set<PromotionListener> = new Set();
  readonly #waitListeners: Set<WaitListener> = new Set();
  #next: Deferred<void> = deferred();
  #closed = false;

  /** @internal `note` takes what listeners throw. */
  constructor(note: (cause: unknown) => void) {
    this.#note = note;
  }

  /** Returns the way to stop listening. The first error that a listener throws, or rejects with, is a note of the outcome. */
  on(listener: TransferListener): () => void {
    return added(this.#listeners, harmless(listener, this.#note));
  }

  /**
   * Calls `listener` when it is known whether the human agent's phone has come into the caller's room by itself, after
   * `merge.promote`. Returns the way to stop listening.
   */
  onPromotion(listener: PromotionListener): () => void {
    return added(this.#promotionListeners, harmless(listener, this.#note));
  }

  /**
   * Calls `listener` when a queue, a menu or a call screening is on the human agent's line instead of them, and when it no
   * longer is. Returns the way to stop listening.
   */
  onWaiting(listener: WaitListener): () => void {
    return added(this.#waitListeners, harmless(listener, this.#note));
  }

  /** @internal Adds those that the options of a transfer name. */
  addListenersOf({ onPhase, onPromotion, onWaiting }: ListenerOptions): void {
    if (onPhase !== undefined) this.on(onPhase);
    if (onPromotion !== undefined) this.onPromotion(onPromotion);
    if (onWaiting !== undefined) this.onWaiting(onWaiting);
  }

  /** @internal */
  tellWait(event: TransferWaitEvent): void {
    for (const listener of this.#waitListeners) listener(event);
  }

  /** @internal */
  tellPromotion(promotion: Promotion): void {
    for (const listener of this.#promotionListeners) listener(promotion);
  }

  /** @internal */
  tell(event: TransferPhaseEvent): void {
    this.#past.push(event);
    this.#wake();
    for (const listener of this.#listeners) listener(event);
  }

  /** @internal No event comes any more. */
  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#promotionListeners.clear();
    this.#waitListeners.clear();
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

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
