import { deferred } from '@org/support';
import { limitMs, type TransferLimits } from '../options/limits.js';
import type { AttemptPortEvent } from '../machine/attempt/attempt-event.js';
import type { AttemptCommand, Farewell } from '../machine/types/effect.js';
import type { DisconnectCause } from '../machine/types/ending.js';
import type { AttemptPorts, ClockPort, DialReport } from './ports.js';
import { startAsync } from './start-async.js';
import { toDecisionEvent, toDialEvent } from './attempt-events.js';
import { closeAttempt } from './close-attempt.js';
import { Subscriptions } from './subscriptions.js';
import { Timers } from './timers.js';

export interface AttemptEffectRunnerOptions {
  /** Creates the ports of the attempt; called once, when it opens. */
  readonly makePorts: () => AttemptPorts;
  readonly clock: ClockPort;
  readonly limits: TransferLimits;
  readonly dispatch: (event: AttemptPortEvent) => void;
  readonly warn: (cause: unknown) => void;
  /** Settles when the hold audio is about to be heard, or failed; undefined if there is no hold. */
  readonly holding: () => Promise<void> | undefined;
}

/** Runs the effects of one attempt. Owns its timers, listeners and signals. */
export class AttemptEffectRunner {
  readonly #options: AttemptEffectRunnerOptions;
  readonly #limits: TransferLimits;
  readonly #timers: Timers;
  readonly #stop: AbortController = new AbortController();
  /** Stops the briefing agent: later than the rest, if a human agent who has just answered must hear a farewell. */
  readonly #stopVoice: AbortController = new AbortController();
  readonly #subscriptions: Subscriptions;
  /** Work that must end before the consult room can be closed. */
  readonly #underWay: Set<Promise<void>> = new Set();
  readonly #ports: AttemptPorts;
  #onTheLine = false;

  /** Throws the errors of `makePorts`. */
  constructor(options: AttemptEffectRunnerOptions) {
    this.#options = options;
    this.#ports = options.makePorts();
    this.#limits = { ...options.limits, ...this.#ports.limits };
    this.#timers = new Timers(options.clock);
    this.#subscriptions = new Subscriptions(options.warn);
  }

  /** The ports of the attempt. */
  get ports(): AttemptPorts {
    return this.#ports;
  }

  run(effect: AttemptCommand): void {
    const { dispatch, warn } = this.#options;
    const { consult, dialer, briefing, merge } = this.#ports;
    const { signal } = this.#stop;
    switch (effect.type) {
      case 'open-attempt':
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
        this.#subscriptions.add(() => consult.onLost(this.#unlessStopped('briefing-failed')));
        return this.#track(() => this.#startBriefing(), ignore, this.#unlessStopped('briefing-failed'));
      case 'brief':
        this.#subscriptions.add(() => consult.onHumanLeft(this.#humanLeft));
        void startAsync(
          () => briefing.brief(),
          (decision) => dispatch(toDecisionEvent(decision)),
          this.#unlessStopped('briefing-failed'),
        );
        return this.#timers.set('prepare', FIRST_WORD_MS, () => this.#publishMergeTracks());
      case 'merge':
        this.#timers.clear('prepare');
        this.#subscriptions.add(() => merge.onHumanLeft(this.#humanLeft));
        this.#subscriptions.add(() => merge.onMergeLost((cause) => dispatch({ type: 'merge-lost', cause })));
        return this.#track(
          () => merge.merge(signal, effect.acceptedBy),
          () => dispatch({ type: 'merged' }),
          this.#unlessStopped('merge-failed'),
        );
      case 'end-briefing':
        void startAsync(() => briefing.close(), ignore, warn);
        return;
      case 'close-attempt':
        return this.#close(effect.farewell);
      case 'set-attempt-limit': {
        const { limit } = effect;
        const reached = (): void => dispatch({ type: 'attempt-limit-reached', limit });
        return this.#timers.set('limit', limitMs(this.#limits, limit), reached);
      }
      case 'clear-attempt-limit':
        return this.#timers.clear('limit');
      case 'add-warning':
        return warn(effect.cause);
    }
  }

  /** Removes all listeners and timers. */
  forget(): void {
    this.#timers.clearAll();
    this.#subscriptions.end();
  }

  #close(farewell: Farewell | undefined): void {
    const { dispatch, warn, clock } = this.#options;
    const over = new Error('the attempt has ended');
    this.#stop.abort(over);
    if (farewell === undefined || !this.#onTheLine) this.#stopVoice.abort(over);
    const closed = (): void => {
      this.forget();
      dispatch({ type: 'consult-closed' });
    };
    const closing = closeAttempt({
      ports: this.#ports,
      clock,
      limits: this.#limits,
      warn,
      farewell,
      onTheLine: () => this.#onTheLine,
      underWay: this.#underWay,
    });
    void closing.catch(warn).then(closed);
  }

  async #startBriefing(): Promise<void> {
    const { signal: voice } = this.#stopVoice;
    const { consult, briefing } = this.#ports;
    const holding = this.#options.holding();
    if (holding !== undefined) await this.#delayJoin(holding);
    await consult.join(voice);
    await briefing.start(voice);
  }

  /**
   * Publishes the tracks of the merge. Not while it rings: few of many calls are answered, and a published track costs
   * CPU, silent or not. A merge that comes before publishes them itself.
   */
  #publishMergeTracks(): void {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    this.#track(() => this.#ports.merge.publishTracks(signal), ignore, this.#unlessStopped('briefing-failed'));
  }

  /**
   * Joining and publishing at the same time slow each other. The caller's silence weighs more than the agent's
   * readiness, since a phone rings for a while.
   */
  async #delayJoin(holding: Promise<void>): Promise<void> {
    const late = deferred<void>();
    const cancel = this.#options.clock.after(JOIN_DELAY_MS, late.resolve);
    await Promise.race([holding, late.promise]);
    cancel();
  }

  #dialed(report: DialReport): void {
    if (report.type === 'answered') this.#onTheLine = true;
    this.#options.dispatch(toDialEvent(report));
  }

  readonly #humanLeft = (how: DisconnectCause): void => {
    this.#onTheLine = false;
    if (this.#stop.signal.aborted) this.#stopVoice.abort(this.#stop.signal.reason);
    this.#options.dispatch({ type: 'human-disconnected', how });
  };

  /** Dispatches an error, unless it was caused by the stop. */
  #unlessStopped(type: 'briefing-failed' | 'merge-failed'): (cause: unknown) => void {
    return (cause) => {
      if (!this.#stop.signal.aborted) this.#options.dispatch({ type, cause });
    };
  }

  #track<T>(work: () => Promise<T>, then: (value: T) => void, otherwise: (cause: unknown) => void): void {
    const settled = startAsync(work, then, otherwise);
    this.#underWay.add(settled);
    void settled.finally(() => this.#underWay.delete(settled));
  }
}

const ignore = (): void => undefined;

/** Delay of publishing after the answer, which would delay the first words to the human agent. */
const FIRST_WORD_MS = 500;

/** How long the hold audio may delay joining the consult room. */
const JOIN_DELAY_MS = 300;
