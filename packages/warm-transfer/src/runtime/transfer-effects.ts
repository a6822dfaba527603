import { type Deferred, deferred } from '@org/support';
import { limitMs, type TransferLimits } from '../options/limits.js';
import type { Effect } from '../machine/types/effect.js';
import type { CallEnd, TransferFailure, TransferLimit } from '../machine/types/ending.js';
import type { TransferEvent } from '../machine/state/event.js';
import type { AttemptPorts, TransferPorts } from './ports.js';
import { AttemptEffectRunner } from './attempt-effects.js';
import { PhaseQuestions } from './phase-questions.js';
import { startAsync, startMaybeSync } from './start-async.js';
import { runCleanupStep } from './run-cleanup-step.js';
import { Subscriptions } from './subscriptions.js';
import { Timers } from './timers.js';

export interface TransferEffectRunnerOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly dispatch: (event: TransferEvent) => void;
  readonly warn: (cause: unknown) => void;
  readonly settle: (outcome: Extract<Effect, { type: 'set-outcome' }>['outcome']) => void;
  readonly onCallEnd: (over: CallEnd) => void;
  readonly end: (over: TransferFailure | CallEnd) => void;
}

/** Runs effects through the ports, and dispatches their results as events. Owns all timers, listeners and signals. */
export class TransferEffectRunner {
  readonly #options: TransferEffectRunnerOptions;
  readonly #attempts: Map<string, AttemptEffectRunner> = new Map();
  readonly #timers: Timers;
  readonly #subscriptions: Subscriptions;
  readonly #stop: AbortController = new AbortController();
  readonly #questions: PhaseQuestions;
  /** Settles when the hold audio is about to be heard, or failed. */
  #holding: Deferred<void> | undefined;
  /** Whether the caller should be on hold. */
  #callerHeld = false;

  constructor(options: TransferEffectRunnerOptions) {
    this.#options = options;
    this.#timers = new Timers(options.ports.clock);
    this.#subscriptions = new Subscriptions(options.warn);
    this.#questions = new PhaseQuestions(options.dispatch);
  }

  run(effect: Effect): void {
    const { ports, dispatch, warn, settle, onCallEnd } = this.#options;
    const { caller, hold } = ports;
    if ('attemptId' in effect) return this.#runAttemptEffect(effect.attemptId, effect);
    switch (effect.type) {
      case 'hold-caller':
        this.#callerHeld = true;
        return this.#begin(
          'holding',
          () => caller.hold(),
          // A caller who was returned before the hold was complete must not be on hold now.
          () => this.#callerHeld || this.#unhold(),
        );
      case 'play-hold':
        return this.#playHold();
      case 'stop-hold':
        this.#stop.abort(new Error('the hold has ended'));
        void startAsync(() => hold.stop(), ignore, warn);
        return;
      case 'restore-caller':
        this.#callerHeld = false;
        return this.#begin(
          'restoring',
          () => caller.restore(),
          () => dispatch({ type: 'caller-restored' }),
        );
      case 'unhold-caller':
        return this.#unhold();
      case 'end-caller':
        return this.#questions.ask(
          (signal) => caller.end(signal),
          (disposition) => ({ type: 'caller-ended', disposition }),
          (cause) => ({ type: 'caller-failed', while: 'ending', cause }),
        );
      case 'hang-up-caller':
        return this.#begin(
          'hanging-up',
          () => caller.hangUp(),
          () => dispatch({ type: 'caller-hung-up' }),
        );
      case 'resolve':
        return this.#questions.ask(
          (signal) => ports.targets.resolve(effect.department, signal),
          (resolution) => resolution,
          (cause) => ({ type: 'unresolved', ending: { kind: 'ending', status: 'no-target', why: 'failed', cause } }),
        );
      case 'decide':
        return this.#questions.ask(
          (signal) => ports.policy.decide(effect.ending, signal),
          (actions) => ({ type: 'decided', actions }),
          (cause) => ({ type: 'decision-failed', cause }),
        );
      case 'cold-transfer':
        return this.#questions.ask(
          (signal) => caller.coldTransfer(effect.to, signal),
          () => ({ type: 'cold-transferred' }),
          (cause) => ({ type: 'cold-transfer-failed', cause }),
        );
      case 'set-limit':
        return this.#setLimit(effect.limit);
      case 'clear-limit':
        this.#questions.abort();
        return this.#timers.clear('phase');
      case 'clear-total':
        return this.#timers.clear('total');
      case 'await-next-stage':
        return this.#timers.set('stage', effect.ms, () => dispatch({ type: 'next-stage-due' }));
      case 'forget-next-stage':
        return this.#timers.clear('stage');
      case 'set-outcome':
        return settle(effect.outcome);
      case 'call-over':
        return onCallEnd(effect.over);
      case 'add-warning':
        return warn(effect.cause);
      case 'finish':
        void this.#finish(effect.over);
        return;
    }
  }

  /** Returns the ports of an opened attempt. */
  portsOf(attemptId: string): AttemptPorts | undefined {
    return this.#attempts.get(attemptId)?.ports;
  }

  /** Subscribes until the transfer has ended. */
  subscribe(start: () => () => void): void {
    this.#subscriptions.add(start);
  }

  #runAttemptEffect(attemptId: string, effect: Extract<Effect, { attemptId: string }>): void {
    const { ports, limits, dispatch, warn } = this.#options;
    if (effect.type === 'open-attempt') {
      try {
        const attempt = new AttemptEffectRunner({
          makePorts: () => ports.attempt(effect.target, attemptId, effect.callerId),
          clock: ports.clock,
          limits,
          warn,
          dispatch: (event) => dispatch({ ...event, attemptId }),
          holding: () => this.#holding?.promise,
        });
        this.#attempts.set(attemptId, attempt);
      } catch (cause) {
        dispatch({ type: 'consult-failed', attemptId, cause });
      }
    }
    const attempt = this.#attempts.get(attemptId);
    if (effect.type === 'add-warning') warn(effect.cause);
    else if (attempt !== undefined) attempt.run(effect);
    // An attempt that could not be opened needs no close.
    else if (effect.type === 'close-attempt') dispatch({ type: 'consult-closed', attemptId });
  }

  #unhold(): void {
    const { ports, warn } = this.#options;
    this.#callerHeld = false;
    void startAsync(() => ports.caller.unhold(), ignore, warn);
  }

  #playHold(): void {
    const holding = deferred<void>();
    this.#holding = holding;
    const { signal } = this.#stop;
    void startAsync(
      () => this.#options.ports.hold.start(signal),
      holding.resolve,
      (cause) => {
        holding.resolve();
        // An error caused by the stop is ignored.
        if (!signal.aborted) this.#options.dispatch({ type: 'hold-failed', cause });
      },
    );
  }

  #setLimit(limit: TransferLimit): void {
    const { limits, dispatch } = this.#options;
    const slot = limit === 'total' ? 'total' : 'phase';
    if (slot === 'phase') this.#questions.renew();
    this.#timers.set(slot, limitMs(limits, limit), () => dispatch({ type: 'limit-reached', limit }));
  }

  async #finish(over: TransferFailure | CallEnd): Promise<void> {
    const { ports, limits, warn, end } = this.#options;
    this.#subscriptions.end();
    for (const attempt of this.#attempts.values()) attempt.forget();
    await runCleanupStep(() => ports.hold.close(), {
      clock: ports.clock,
      warn,
      what: 'closing the hold audio',
      ms: limits.releasingMs,
    });
    end(over);
  }

  /** Starts work on the caller; synchronous work is reported in the same tick. */
  #begin(doing: 'holding' | 'restoring' | 'hanging-up', work: () => void | Promise<void>, then: () => void): void {
    startMaybeSync(work, then, (cause) => this.#options.dispatch({ type: 'caller-failed', while: doing, cause }));
  }
}

const ignore = (): void => undefined;
