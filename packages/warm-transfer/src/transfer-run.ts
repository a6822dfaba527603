import { deferred, type Deferred } from './deferred.js';
import { EffectPerformer } from './effect-performer.js';
import type { TransferLimits } from './limits.js';
import type { Effect } from './machine/effect.js';
import type { CallEnd, Ending } from './machine/ending.js';
import type { TransferEvent } from './machine/event.js';
import type { TransferState } from './machine/state.js';
import { transition } from './machine/transition.js';
import type { TransferPorts } from './ports.js';

export type Settlement = Extract<Effect, { type: 'settle' }>['outcome'];

export interface TransferRunOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly signal?: AbortSignal | undefined;
  /** Called after every change of state, with the event that made it. */
  readonly onState?: (state: TransferState, event: TransferEvent) => void;
  /** A later cause, or trouble while cleaning up: kept, never lost, never the outcome. */
  readonly onNote?: (cause: unknown) => void;
}

/** One transfer: holds the state, takes events one at a time, and hands the effects of each to the performer. */
export class TransferRun {
  readonly #options: TransferRunOptions;
  readonly #performer: EffectPerformer;
  readonly #queue: TransferEvent[] = [];
  readonly #settled: Deferred<Settlement> = deferred();
  readonly #ended: Deferred<Ending | CallEnd> = deferred();
  #state: TransferState = { phase: 'idle' };
  #dispatching = false;

  constructor(options: TransferRunOptions) {
    this.#options = options;
    this.#performer = new EffectPerformer({
      ports: options.ports,
      limits: options.limits,
      dispatch: (event) => this.dispatch(event),
      note: (cause) => options.onNote?.(cause),
      settle: (outcome) => this.#settled.resolve(outcome),
      end: (over) => this.#ended.resolve(over),
    });
  }

  get state(): TransferState {
    return this.#state;
  }

  /** The outcome; never rejects. */
  get settled(): Promise<Settlement> {
    return this.#settled.promise;
  }

  /** Everything released; never rejects. */
  get ended(): Promise<Ending | CallEnd> {
    return this.#ended.promise;
  }

  start(): void {
    const { signal, ports } = this.#options;
    const abort = (): void => this.dispatch({ type: 'aborted', cause: signal?.reason });
    signal?.addEventListener('abort', abort, { once: true });
    this.#performer.watch(() => () => signal?.removeEventListener('abort', abort));
    this.#performer.watch(() => ports.caller.onLeft(() => this.dispatch({ type: 'caller-left' })));
    if (signal?.aborted === true) abort();
    else if (!this.#callerPresent()) this.dispatch({ type: 'caller-left' });
    else this.dispatch({ type: 'start' });
  }

  /** Takes one event. Events that an effect causes at once wait until the step is complete. */
  dispatch(event: TransferEvent): void {
    this.#queue.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { state, effects } = transition(this.#state, next);
      const changed = state !== this.#state;
      this.#state = state;
      if (changed) this.#tell(state, next);
      for (const effect of effects) this.#performer.perform(effect);
    }
    this.#dispatching = false;
  }

  #tell(state: TransferState, event: TransferEvent): void {
    try {
      this.#options.onState?.(state, event);
    } catch (cause) {
      this.#options.onNote?.(cause);
    }
  }

  #callerPresent(): boolean {
    try {
      return this.#options.ports.caller.present();
    } catch (cause) {
      this.#options.onNote?.(cause);
      return false;
    }
  }
}
