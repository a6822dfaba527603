import type { Promotion } from '@org/consult-room';
import { type Deferred, deferred } from '@org/support';
import type { TransferPhaseEvent, TransferWaitEvent } from './transfer-phase.js';
import { harmless } from './user-callback.js';

type TransferListener = (event: TransferPhaseEvent) => void;
export type PromotionListener = (promotion: Promotion) => void;
export type WaitListener = (event: TransferWaitEvent) => void;

interface ListenerOptions {
  readonly onPhase?: TransferListener | undefined;
  readonly onPromotion?: PromotionListener | undefined;
  readonly onWaiting?: WaitListener | undefined;
}

/**
 * Emits the changes of phase of one transfer, to listeners and to `for await`. A loop gets all events from the first
 * one on, also if it starts late, and ends when the transfer has ended.
 */
export class TransferEvents implements AsyncIterable<TransferPhaseEvent> {
  readonly #warn: (cause: unknown) => void;
  readonly #past: TransferPhaseEvent[] = [];
  readonly #listeners: Set<TransferListener> = new Set();
  readonly #promotionListeners: Set<PromotionListener> = new Set();
  readonly #waitListeners: Set<WaitListener> = new Set();
  #next: Deferred<void> = deferred();
  #closed = false;

  /** @internal `warn` receives errors of listeners. */
  constructor(warn: (cause: unknown) => void) {
    this.#warn = warn;
  }

  /**
   * Adds a listener and returns a function that removes it. The first error of a listener is added to the outcome's
   * `warnings`.
   */
  on(listener: TransferListener): () => void {
    return added(this.#listeners, harmless(listener, this.#warn));
  }

  /**
   * Calls `listener` when the promotion started by `merge.promote` succeeds or fails. Returns a function that
   * unsubscribes.
   */
  onPromotion(listener: PromotionListener): () => void {
    return added(this.#promotionListeners, harmless(listener, this.#warn));
  }

  /**
   * Calls `listener` when a queue, a menu or a call screening is on the line before the human agent, and when it no
   * longer is. Returns a function that unsubscribes.
   */
  onWaiting(listener: WaitListener): () => void {
    return added(this.#waitListeners, harmless(listener, this.#warn));
  }

  /** @internal Adds the listeners of a transfer's options. */
  addListenersOf({ onPhase, onPromotion, onWaiting }: ListenerOptions): void {
    if (onPhase !== undefined) this.on(onPhase);
    if (onPromotion !== undefined) this.onPromotion(onPromotion);
    if (onWaiting !== undefined) this.onWaiting(onWaiting);
  }

  /** @internal */
  emitWait(event: TransferWaitEvent): void {
    for (const listener of this.#waitListeners) listener(event);
  }

  /** @internal */
  emitPromotion(promotion: Promotion): void {
    for (const listener of this.#promotionListeners) listener(promotion);
  }

  /** @internal */
  emit(event: TransferPhaseEvent): void {
    this.#past.push(event);
    this.#wake();
    for (const listener of this.#listeners) listener(event);
  }

  /** @internal Ends the events. */
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
