import { attempt } from './attempt.js';
import { closeConsult } from './close-consult.js';
import { deferred, type Deferred } from './deferred.js';
import { limitMs, type TransferLimits } from './limits.js';
import type { Effect } from './machine/effect.js';
import type { CallEnd, Ending } from './machine/ending.js';
import type { TransferEvent } from './machine/event.js';
import type { Decision, DialReport, TransferPorts } from './ports.js';

export interface EffectPerformerOptions {
  readonly ports: TransferPorts;
  readonly limits: TransferLimits;
  readonly dispatch: (event: TransferEvent) => void;
  readonly note: (cause: unknown) => void;
  readonly settle: (outcome: Extract<Effect, { type: 'settle' }>['outcome']) => void;
  readonly end: (over: Ending | CallEnd) => void;
}

/** Performs effects through the ports, and reports as events what comes of them. Owns every timer, watch and signal. */
export class EffectPerformer {
  readonly #options: EffectPerformerOptions;
  readonly #stop: AbortController = new AbortController();
  readonly #unwatch: (() => void)[] = [];
  /** What must have come to rest before the consult room can be closed for certain. */
  readonly #underWay: Set<Promise<void>> = new Set();
  /** Settles when the hold audio plays, or will not. */
  readonly #holding: Deferred<void> = deferred();
  #clearLimit: () => void = () => undefined;

  constructor(options: EffectPerformerOptions) {
    this.#options = options;
  }

  perform(effect: Effect): void {
    const { ports, limits, dispatch, note, settle } = this.#options;
    const { caller, hold, consult, dialer, briefing, merge } = ports;
    const { signal } = this.#stop;
    switch (effect.type) {
      case 'hold-caller':
        return this.#run(
          () => caller.hold(),
          ignore,
          (cause) => dispatch({ type: 'caller-failed', cause }),
        );
      case 'play-hold':
        return this.#run(
          () => hold.start(signal),
          this.#holding.resolve,
          (cause) => {
            this.#holding.resolve();
            this.#unlessStopped('hold-failed')(cause);
          },
        );
      case 'stop-hold':
        return this.#run(() => hold.stop(), ignore, note);
      case 'open-consult':
        return this.#track(
          () => consult.open(signal),
          () => dispatch({ type: 'consult-opened' }),
          (cause) => dispatch({ type: 'consult-failed', cause }),
        );
      case 'dial':
        return this.#track(
          () => dialer.dial({ signal, onRinging: () => dispatch({ type: 'ringing' }) }),
          (report) => this.#dialed(report),
          (cause) => dispatch({ type: 'dial-failed', cause }),
        );
      case 'prepare':
        return this.#track(() => this.#prepare(signal), ignore, this.#unlessStopped('briefing-failed'));
      case 'brief':
        this.watch(() => consult.onHumanLeft((how) => dispatch({ type: 'human-left', how })));
        return this.#run(
          () => briefing.brief(),
          (decision) => this.#decided(decision),
          this.#unlessStopped('briefing-failed'),
        );
      case 'merge':
        this.watch(() => merge.onLost((cause) => dispatch({ type: 'merge-lost', cause })));
        return this.#track(
          () => merge.merge(signal),
          () => dispatch({ type: 'merged' }),
          this.#unlessStopped('merge-failed'),
        );
      case 'end-briefing':
        return this.#run(() => briefing.close(), ignore, note);
      case 'restore-caller':
        return this.#run(
          () => caller.restore(),
          () => dispatch({ type: 'caller-restored' }),
          (cause) => dispatch({ type: 'caller-failed', cause }),
        );
      case 'hang-up-caller':
        return this.#run(
          () => caller.hangUp(),
          () => dispatch({ type: 'caller-hung-up' }),
          (cause) => dispatch({ type: 'caller-failed', cause }),
        );
      case 'close-consult': {
        this.#stop.abort(new Error('the transfer is over'));
        const closed = (): void => dispatch({ type: 'consult-closed' });
        const { farewell } = effect;
        return this.#run(
          () => closeConsult({ ports, limits, note, farewell, underWay: this.#underWay }),
          closed,
          (cause) => {
            note(cause);
            closed();
          },
        );
      }
      case 'set-limit': {
        const { limit } = effect;
        this.#clearLimit();
        this.#clearLimit = ports.clock.after(limitMs(limits, limit), () => dispatch({ type: 'limit-reached', limit }));
        return;
      }
      case 'clear-limit':
        return this.#clearLimit();
      case 'settle':
        return settle(effect.outcome);
      case 'note':
        return note(effect.cause);
      case 'finish':
        void this.#finish(effect.over);
        return;
    }
  }

  /** Begins to watch something until the transfer has ended. */
  watch(begin: () => () => void): void {
    try {
      this.#unwatch.push(begin());
    } catch (cause) {
      this.#options.note(cause);
    }
  }

  async #prepare(signal: AbortSignal): Promise<void> {
    const { consult, briefing, merge, clock } = this.#options.ports;
    // Joining and publishing at once slow each other. The caller's silence weighs more than the agent's readiness,
    // since a phone rings for a while.
    const cancel = clock.after(HEAD_START_MS, this.#holding.resolve);
    await this.#holding.promise;
    cancel();
    await consult.join(signal);
    await Promise.all([briefing.prepare(signal), merge.prepare(signal)]);
  }

  #dialed(report: DialReport): void {
    const { dispatch } = this.#options;
    switch (report.type) {
      case 'answered':
        return dispatch(report);
      case 'ended':
        return dispatch({ type: 'dial-ended', ending: report.ending });
      case 'failed':
        return dispatch({ ...report, type: 'dial-failed' });
      case 'canceled':
        return dispatch({ type: 'dial-failed', cause: new Error('the dial was canceled, but not by this transfer') });
    }
  }

  #decided(decision: Decision): void {
    const { dispatch } = this.#options;
    switch (decision.type) {
      case 'accepted':
      case 'declined':
      case 'voicemail':
      case 'silent':
      case 'human-left':
        return dispatch(decision);
      case 'limit-reached':
        return dispatch({ type: 'limit-reached', limit: 'briefing' });
      case 'failed':
        return dispatch({ type: 'briefing-failed', cause: decision.cause });
      case 'canceled':
        return dispatch({
          type: 'briefing-failed',
          cause: new Error('the briefing was closed, but not by this transfer'),
        });
    }
  }

  async #finish(over: Ending | CallEnd): Promise<void> {
    const { ports, limits, note, end } = this.#options;
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
    await attempt(() => ports.hold.close(), {
      clock: ports.clock,
      note,
      what: 'closing the hold audio',
      ms: limits.releasingMs,
    });
    end(over);
  }

  /** What fails because we stopped it is no news. */
  #unlessStopped(type: 'hold-failed' | 'briefing-failed' | 'merge-failed'): (cause: unknown) => void {
    return (cause) => {
      if (!this.#stop.signal.aborted) this.#options.dispatch({ type, cause });
    };
  }

  #track<T>(work: () => Promise<T>, then: (value: T) => void, otherwise: (cause: unknown) => void): void {
    const settled = (async () => work())().then(then, otherwise);
    this.#underWay.add(settled);
    void settled.finally(() => this.#underWay.delete(settled));
  }

  /** Begins `work` in this very tick; a throw and a rejection are the same to us. */
  #run<T>(work: () => T | Promise<T>, then: (value: T) => void, otherwise: (cause: unknown) => void): void {
    void (async () => work())().then(then, otherwise);
  }
}

const ignore = (): void => undefined;

/** How long the hold audio may keep us from entering the consult room. */
const HEAD_START_MS = 150;
