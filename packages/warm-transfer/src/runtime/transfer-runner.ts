import { type Deferred, deferred } from '@org/support';
import { TransferEffectRunner } from './transfer-effects.js';
import type { TransferLimits } from '../options/limits.js';
import type { Effect } from '../machine/types/effect.js';
import type { CallEnd, TransferFailure } from '../machine/types/ending.js';
import type { TransferEvent } from '../machine/state/event.js';
import type { Setup } from '../machine/types/plan.js';
import type { TransferState } from '../machine/state/state.js';
import { transition } from '../machine/transition.js';
import type { AttemptPorts, TransferPorts } from './ports.js';

export type TransferResult = Extract<Effect, { type: 'set-outcome' }>['outcome'];

export interface TransferRunnerOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly setup: Setup;
  /** The state machine; another one is for tests of the tests. */
  readonly step?: typeof transition;
  readonly signal?: AbortSignal | undefined;
  /** Called with every state, before its effects are run. */
  readonly onStep?: (state: TransferState) => void;
  /** Called with every state that lasts: a question with a synchronous answer is not a phase for the user. */
  readonly onState?: (state: TransferState) => void;
  /** Receives later errors and errors of the cleanup, which are never the reason of the outcome. */
  readonly onWarning?: (cause: unknown) => void;
}

/** Runs one transfer: has the state, takes events one at a time, and runs the effects of each. */
export class TransferRunner {
  readonly #options: TransferRunnerOptions;
  readonly #effects: TransferEffectRunner;
  readonly #queue: TransferEvent[] = [];
  readonly #recordOutcome: Deferred<TransferResult> = deferred();
  readonly #callEnd: Deferred<CallEnd> = deferred();
  readonly #ended: Deferred<TransferFailure | CallEnd> = deferred();
  #state: TransferState = { phase: 'idle' };
  #dispatching = false;

  constructor(options: TransferRunnerOptions) {
    this.#options = options;
    this.#effects = new TransferEffectRunner({
      ports: options.ports,
      limits: options.limits,
      dispatch: (event) => this.dispatch(event),
      warn: (cause) => options.onWarning?.(cause),
      settle: (outcome) => this.#recordOutcome.resolve(outcome),
      onCallEnd: (over) => this.#callEnd.resolve(over),
      end: (over) => this.#ended.resolve(over),
    });
  }

  get state(): TransferState {
    return this.#state;
  }

  /** The outcome; never rejects. */
  get settled(): Promise<TransferResult> {
    return this.#recordOutcome.promise;
  }

  /**
   * Resolves when a connected call has ended, and the caller is returned to the AI or gone; pending without a
   * connection.
   */
  get callEnd(): Promise<CallEnd> {
    return this.#callEnd.promise;
  }

  /** Resolves when everything is released; never rejects. */
  get ended(): Promise<TransferFailure | CallEnd> {
    return this.#ended.promise;
  }

  /** Returns the ports of an attempt; undefined while it has not been opened. */
  portsOf(attemptId: string): AttemptPorts | undefined {
    return this.#effects.portsOf(attemptId);
  }

  start(): void {
    const { signal, ports, setup } = this.#options;
    const abort = (): void => this.dispatch({ type: 'aborted', cause: signal?.reason });
    signal?.addEventListener('abort', abort, { once: true });
    this.#effects.subscribe(() => () => signal?.removeEventListener('abort', abort));
    this.#effects.subscribe(() => ports.caller.onCallerLeft(() => this.dispatch({ type: 'caller-left' })));
    this.#effects.subscribe(() =>
      ports.caller.onAgentDisconnected((cause) => this.dispatch({ type: 'agent-disconnected', cause })),
    );
    this.#effects.subscribe(() => ports.caller.onCanceled(() => this.dispatch({ type: 'caller-canceled' })));
    if (signal?.aborted === true) abort();
    else if (!this.#callerPresent()) this.dispatch({ type: 'caller-left' });
    else this.dispatch({ type: 'start', setup });
  }

  /** Takes one event. Events that an effect causes synchronously wait until the step is complete. */
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
    for (const effect of effects) this.#guard(() => this.#effects.run(effect));
    if (changed && !isLasting(state) && this.#queue.length === 0) this.#guard(() => onState?.(state));
  }

  /** Turns an error into a warning: it must not block the following events. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#options.onWarning?.(cause);
    }
  }

  #callerPresent(): boolean {
    try {
      return this.#options.ports.caller.isPresent();
    } catch (cause) {
      this.#options.onWarning?.(cause);
      return false;
    }
  }
}

function isLasting(state: TransferState): boolean {
  const { phase } = state;
  // A caller who was never on hold is with the AI all the time.
  if (phase === 'releasing') return state.caller !== 'restoring' || state.wasOnHold;
  return phase !== 'resolving' && phase !== 'deciding' && phase !== 'redirecting';
}
