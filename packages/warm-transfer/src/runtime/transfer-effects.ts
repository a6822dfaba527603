import { type Deferred, deferred } from '@org/support';
import { limitMs, type TransferLimits } from '../options/limits.js';
import type { Effect } from '../machine/types/effect.js';
import type { CallEnd, Ending, TransferLimit } from '../machine/types/ending.js';
import type { TransferEvent } from '../machine/state/event.js';
import type { AttemptPorts, TransferPorts } from './ports.js';
import { AttemptPerformer } from './attempt-effects.js';
import { ask, begin } from './start-async.js';
import { boundedStep } from './with-time-limit.js';
import { Timers } from './timers.js';

export interface EffectPerformerOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly dispatch: (event: TransferEvent) => void;
  readonly note: (cause: unknown) => void;
  readonly settle: (outcome: Extract<Effect, { type: 'settle' }>['outcome']) => void;
  readonly callOver: (over: CallEnd) => void;
  readonly end: (over: Ending | CallEnd) => void;
}

/** Performs effects through the ports, and reports as events what comes of them. Owns every timer, watch and signal. */
export class EffectPerformer {
  readonly #options: EffectPerformerOptions;
  readonly #attempts: Map<string, AttemptPerformer> = new Map();
  readonly #timers: Timers;
  readonly #unwatch: (() => void)[] = [];
  readonly #stop: AbortController = new AbortController();
  /** What is asked within the limit of a phase is no longer wanted after it. */
  #question: AbortController = new AbortController();
  /** Settles when the hold audio is about to be heard, or will not be. */
  #holding: Deferred<void> | undefined;
  /** Whether the caller should be apart from the AI. */
  #callerHeld = false;

  constructor(options: EffectPerformerOptions) {
    this.#options = options;
    this.#timers = new Timers(options.ports.clock);
  }

  perform(effect: Effect): void {
    const { ports, dispatch, note, settle, callOver } = this.#options;
    const { caller, hold } = ports;
    if ('attemptId' in effect) return this.#performOf(effect.attemptId, effect);
    switch (effect.type) {
      case 'hold-caller':
        this.#callerHeld = true;
        return this.#begin(
          'holding',
          () => caller.hold(),
          // A caller who was given back before the hold was complete must not be held now.
          () => this.#callerHeld || this.#unhold(),
        );
      case 'play-hold':
        return this.#playHold();
      case 'stop-hold':
        this.#stop.abort(new Error('the hold is over'));
        void begin(() => hold.stop(), ignore, note);
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
        return this.#ask(
          (signal) => caller.end(signal),
          (fate) => ({ type: 'caller-ended', fate }),
          (cause) => ({ type: 'caller-failed', while: 'ending', cause }),
        );
      case 'hang-up-caller':
        return this.#begin(
          'hanging-up',
          () => caller.hangUp(),
          () => dispatch({ type: 'caller-hung-up' }),
        );
      case 'resolve':
        return this.#ask(
          (signal) => ports.targets.resolve(effect.department, signal),
          (resolution) => resolution,
          (cause) => ({ type: 'unresolved', ending: { kind: 'ending', status: 'no-target', why: 'failed', cause } }),
        );
      case 'decide':
        return this.#ask(
          (signal) => ports.policy.decide(effect.ending, signal),
          (actions) => ({ type: 'decided', actions }),
          (cause) => ({ type: 'decision-failed', cause }),
        );
      case 'cold-transfer':
        return this.#ask(
          (signal) => caller.coldTransfer(effect.to, signal),
          () => ({ type: 'cold-transferred' }),
          (cause) => ({ type: 'cold-transfer-failed', cause }),
        );
      case 'set-limit':
        return this.#setLimit(effect.limit);
      case 'clear-limit':
        this.#question.abort();
        return this.#timers.clear('phase');
      case 'clear-total':
        return this.#timers.clear('total');
      case 'await-next-stage':
        return this.#timers.set('stage', effect.ms, () => dispatch({ type: 'next-stage-due' }));
      case 'forget-next-stage':
        return this.#timers.clear('stage');
      case 'settle':
        return settle(effect.outcome);
      case 'call-over':
        return callOver(effect.over);
      case 'note':
        return note(effect.cause);
      case 'finish':
        void this.#finish(effect.over);
        return;
    }
  }

  /** Ports of an attempt that has been opened. */
  portsOf(attemptId: string): AttemptPorts | undefined {
    return this.#attempts.get(attemptId)?.ports;
  }

  /** Begins to watch something until the transfer has ended. */
  watch(start: () => () => void): void {
    try {
      this.#unwatch.push(start());
    } catch (cause) {
      this.#options.note(cause);
    }
  }

  #performOf(attemptId: string, effect: Extract<Effect, { attemptId: string }>): void {
    const { ports, limits, dispatch, note } = this.#options;
    if (effect.type === 'open-attempt') {
      try {
        const attempt = new AttemptPerformer({
          makePorts: () => ports.attempt(effect.target, attemptId, effect.callerId),
          clock: ports.clock,
          limits,
          note,
          dispatch: (event) => dispatch({ ...event, attemptId }),
          holding: () => this.#holding?.promise,
        });
        this.#attempts.set(attemptId, attempt);
      } catch (cause) {
        dispatch({ type: 'consult-failed', attemptId, cause });
      }
    }
    const attempt = this.#attempts.get(attemptId);
    if (effect.type === 'note') note(effect.cause);
    else if (attempt !== undefined) attempt.perform(effect);
    // What could not be opened has nothing to be closed.
    else if (effect.type === 'close-attempt') dispatch({ type: 'consult-closed', attemptId });
  }

  #unhold(): void {
    const { ports, note } = this.#options;
    this.#callerHeld = false;
    void begin(() => ports.caller.unhold(), ignore, note);
  }

  #playHold(): void {
    const holding = deferred<void>();
    this.#holding = holding;
    const { signal } = this.#stop;
    void begin(
      () => this.#options.ports.hold.start(signal),
      holding.resolve,
      (cause) => {
        holding.resolve();
        // What fails because we stopped it is no news.
        if (!signal.aborted) this.#options.dispatch({ type: 'hold-failed', cause });
      },
    );
  }

  #setLimit(limit: TransferLimit): void {
    const { limits, dispatch } = this.#options;
    const slot = limit === 'total' ? 'total' : 'phase';
    if (slot === 'phase') {
      this.#question.abort();
      this.#question = new AbortController();
    }
    this.#timers.set(slot, limitMs(limits, limit), () => dispatch({ type: 'limit-reached', limit }));
  }

  async #finish(over: Ending | CallEnd): Promise<void> {
    const { ports, limits, note, end } = this.#options;
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
    for (const attempt of this.#attempts.values()) attempt.forget();
    await boundedStep(() => ports.hold.close(), {
      clock: ports.clock,
      note,
      what: 'closing the hold audio',
      ms: limits.releasingMs,
    });
    end(over);
  }

  /** What is answered at once is dispatched in this very tick; what comes after the limit of its phase, never. */
  #ask<T>(
    question: (signal: AbortSignal) => T | Promise<T>,
    then: (answer: T) => TransferEvent,
    otherwise: (cause: unknown) => TransferEvent,
  ): void {
    const { signal } = this.#question;
    const tell = (event: TransferEvent): void => {
      if (!signal.aborted) this.#options.dispatch(event);
    };
    ask(
      () => question(signal),
      (answer) => tell(then(answer)),
      (cause) => tell(otherwise(cause)),
    );
  }

  /** What is done at once is reported in this very tick. */
  #begin(doing: 'holding' | 'restoring' | 'hanging-up', work: () => void | Promise<void>, then: () => void): void {
    ask(work, then, (cause) => this.#options.dispatch({ type: 'caller-failed', while: doing, cause }));
  }
}

const ignore = (): void => undefined;
