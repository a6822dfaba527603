import { type Deferred, deferred } from '@org/support';
import { EffectPerformer } from './transfer-effects.js';
import type { TransferLimits } from '../options/limits.js';
import type { Effect } from '../machine/types/effect.js';
import type { CallEnd, Ending } from '../machine/types/ending.js';
import type { TransferEvent } from '../machine/state/event.js';
import type { Setup } from '../machine/types/plan.js';
import type { TransferState } from '../machine/state/state.js';
import { transition } from '../machine/transition.js';
import type { AttemptPorts, TransferPorts } from './ports.js';

export type Settlement = Extract<Effect, { type: 'settle' }>['outcome'];

export interface TransferRunOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly setup: Setup;
  /** The machine; another one than the real one is for tests of the tests. */
  readonly step?: typeof transition;
  readonly signal?: AbortSignal | undefined;
  /** Called with every state, before its effects are performed. */
  readonly onStep?: (state: TransferState) => void;
  /** Called with every state that lasts: a question that is answered at once is no phase that anybody was in. */
  readonly onState?: (state: TransferState) => void;
  /** A later cause, or trouble while cleaning up: kept, never lost, never the outcome. */
  readonly onNote?: (cause: unknown) => void;
}

/** One transfer: holds the state, takes events one at a time, and hands the effects of each to the performer. */
export class TransferRun {
  readonly #options: TransferRunOptions;
  readonly #performer: EffectPerformer;
  readonly #queue: TransferEvent[] = [];
  readonly #settled: Deferred<Settlement> = deferred();
  readonly #callOver: Deferred<CallEnd> = deferred();
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
      callOver: (over) => this.#callOver.resolve(over),
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

  /** A connected call is over, and the caller has the AI back or is gone; pending where nobody was connected. */
  get callOver(): Promise<CallEnd> {
    return this.#callOver.promise;
  }

  /** Everything released; never rejects. */
  get ended(): Promise<Ending | CallEnd> {
    return this.#ended.promise;
  }

  /** What an attempt was given to work with; undefined while it has not been opened. */
  portsOf(attemptId: string): AttemptPorts | undefined {
    return this.#performer.portsOf(attemptId);
  }

  start(): void {
    const { signal, ports, setup } = this.#options;
    const abort = (): void => this.dispatch({ type: 'aborted', cause: signal?.reason });
    signal?.addEventListener('abort', abort, { once: true });
    this.#performer.watch(() => () => signal?.removeEventListener('abort', abort));
    this.#performer.watch(() => ports.caller.onLeft(() => this.dispatch({ type: 'caller-left' })));
    this.#performer.watch(() => ports.caller.onCutOff((cause) => this.dispatch({ type: 'cut-off', cause })));
    this.#performer.watch(() => ports.caller.onCanceled(() => this.dispatch({ type: 'caller-canceled' })));
    if (signal?.aborted === true) abort();
    else if (!this.#callerPresent()) this.dispatch({ type: 'caller-left' });
    else this.dispatch({ type: 'start', setup });
  }

  /** Takes one event. Events that an effect causes at once wait until the step is complete. */
  dispatch(event: TransferEvent): void {
    this.#queue.push(event);
    if (this.#dispatching) return;
    this.#dispatching = true;
    const { step = transition } = this.#options;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const taken = next;
      this.#guard(() => this.#take(step(this.#state, taken)));
    }
    this.#dispatching = false;
  }

  #take({ state, effects }: ReturnType<typeof transition>): void {
    const { onStep, onState } = this.#options;
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#guard(() => onStep?.(state));
    if (changed && isLasting(state)) this.#guard(() => onState?.(state));
    for (const effect of effects) this.#guard(() => this.#performer.perform(effect));
    if (changed && !isLasting(state) && this.#queue.length === 0) this.#guard(() => onState?.(state));
  }

  /** What throws must not keep the events that follow from being taken. */
  #guard(work: () => void): void {
    try {
      work();
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

function isLasting(state: TransferState): boolean {
  const { phase } = state;
  // A caller who was never held is with the AI all the time, if there is one.
  if (phase === 'releasing') return state.caller !== 'restoring' || state.wasHeld;
  return phase !== 'resolving' && phase !== 'deciding' && phase !== 'redirecting';
}
