import type { TransferEvent } from '../machine/state/event.js';
import { startMaybeSync } from './start-async.js';

/** Questions to ports within the limit of a phase: they are aborted at it, and later answers are dropped. */
export class PhaseQuestions {
  readonly #dispatch: (event: TransferEvent) => void;
  #stop: AbortController = new AbortController();

  constructor(dispatch: (event: TransferEvent) => void) {
    this.#dispatch = dispatch;
  }

  /** Aborts the pending questions. */
  abort(): void {
    this.#stop.abort();
  }

  /** Aborts the pending questions; the next ones belong to a new phase. */
  renew(): void {
    this.abort();
    this.#stop = new AbortController();
  }

  /** Asks a port; a synchronous answer is dispatched in the same tick. */
  ask<T>(
    question: (signal: AbortSignal) => T | Promise<T>,
    then: (answer: T) => TransferEvent,
    otherwise: (cause: unknown) => TransferEvent,
  ): void {
    const { signal } = this.#stop;
    const dispatch = (event: TransferEvent): void => {
      if (!signal.aborted) this.#dispatch(event);
    };
    startMaybeSync(
      () => question(signal),
      (answer) => dispatch(then(answer)),
      (cause) => dispatch(otherwise(cause)),
    );
  }
}
