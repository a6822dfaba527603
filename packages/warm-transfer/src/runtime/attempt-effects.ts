import { deferred } from '@org/support';
import { limitMs, type TransferLimits } from '../options/limits.js';
import type { AttemptHappening } from '../machine/attempt/attempt-event.js';
import type { AttemptDemand, Farewell } from '../machine/types/effect.js';
import type { LeaveHow } from '../machine/types/ending.js';
import type { AttemptPorts, ClockPort, Decision, DialReport } from './ports.js';
import { begin } from './start-async.js';
import { closeAttempt } from './close-attempt.js';
import { Timers } from './timers.js';

export interface AttemptPerformerOptions {
  /** Makes rooms, phone and agent of the attempt; called once, when it opens. */
  readonly makePorts: () => AttemptPorts;
  readonly clock: ClockPort;
  readonly limits: TransferLimits;
  readonly dispatch: (event: AttemptHappening) => void;
  readonly note: (cause: unknown) => void;
  /** Settles when the hold audio is about to be heard, or will not be; undefined while nobody is put on hold. */
  readonly holding: () => Promise<void> | undefined;
}

/** Performs the effects of one attempt. Owns every timer, watch and signal of it. */
export class AttemptPerformer {
  readonly #options: AttemptPerformerOptions;
  readonly #limits: TransferLimits;
  readonly #timers: Timers;
  readonly #stop: AbortController = new AbortController();
  /** Of what the agent needs to speak: it goes on when somebody who has just answered is to be told that it is over. */
  readonly #stopVoice: AbortController = new AbortController();
  readonly #unwatch: (() => void)[] = [];
  /** What must have come to rest before the consult room can be closed for certain. */
  readonly #underWay: Set<Promise<void>> = new Set();
  readonly #ports: AttemptPorts;
  #onTheLine = false;

  /** Throws what making the ports throws. */
  constructor(options: AttemptPerformerOptions) {
    this.#options = options;
    this.#ports = options.makePorts();
    this.#limits = { ...options.limits, ...this.#ports.limits };
    this.#timers = new Timers(options.clock);
  }

  /** The ports, for what is to be known about the attempt. */
  get ports(): AttemptPorts {
    return this.#ports;
  }

  perform(effect: AttemptDemand): void {
    const { dispatch, note } = this.#options;
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
        this.#watch(() => consult.onLost(this.#unlessStopped('briefing-failed')));
        return this.#track(() => this.#prepare(), ignore, this.#unlessStopped('briefing-failed'));
      case 'brief':
        this.#watch(() => consult.onHumanLeft(this.#humanLeft));
        void begin(
          () => briefing.brief(),
          (decision) => this.#decided(decision),
          this.#unlessStopped('briefing-failed'),
        );
        return this.#timers.set('prepare', FIRST_WORD_MS, () => this.#prepareMerge());
      case 'merge':
        this.#timers.clear('prepare');
        this.#watch(() => merge.onHumanLeft(this.#humanLeft));
        this.#watch(() => merge.onLost((cause) => dispatch({ type: 'merge-lost', cause })));
        return this.#track(
          () => merge.merge(signal, effect.acceptedBy),
          () => dispatch({ type: 'merged' }),
          this.#unlessStopped('merge-failed'),
        );
      case 'end-briefing':
        void begin(() => briefing.close(), ignore, note);
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
      case 'note':
        return note(effect.cause);
    }
  }

  /** Ends every watch and timer. */
  forget(): void {
    this.#timers.clearAll();
    for (const unwatch of this.#unwatch.splice(0)) unwatch();
  }

  #close(farewell: Farewell | undefined): void {
    const { dispatch, note, clock } = this.#options;
    const over = new Error('the attempt is over');
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
      note,
      farewell,
      onTheLine: () => this.#onTheLine,
      underWay: this.#underWay,
    });
    void closing.catch(note).then(closed);
  }

  async #prepare(): Promise<void> {
    const { signal: voice } = this.#stopVoice;
    const { consult, briefing } = this.#ports;
    const holding = this.#options.holding();
    if (holding !== undefined) await this.#headStart(holding);
    await consult.join(voice);
    await briefing.prepare(voice);
  }

  /**
   * Not while it rings: of many calls few are answered, and a track that is published costs, silent or not. A merge that
   * comes before that gets ready by itself.
   */
  #prepareMerge(): void {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    this.#track(() => this.#ports.merge.prepare(signal), ignore, this.#unlessStopped('briefing-failed'));
  }

  /**
   * Joining and publishing at once slow each other. The caller's silence weighs more than the agent's readiness, since
   * a phone rings for a while.
   */
  async #headStart(holding: Promise<void>): Promise<void> {
    const late = deferred<void>();
    const cancel = this.#options.clock.after(HEAD_START_MS, late.resolve);
    await Promise.race([holding, late.promise]);
    cancel();
  }

  #dialed(report: DialReport): void {
    const { dispatch } = this.#options;
    switch (report.type) {
      case 'answered':
        this.#onTheLine = true;
        return dispatch(report);
      case 'ended':
        return dispatch({ ...report, type: 'dial-ended' });
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
        return dispatch({ type: 'attempt-limit-reached', limit: 'briefing' });
      case 'failed':
        return dispatch({ type: 'briefing-failed', cause: decision.cause });
      case 'canceled':
        return dispatch({
          type: 'briefing-failed',
          cause: new Error('the briefing was closed, but not by this transfer'),
        });
    }
  }

  #watch(start: () => () => void): void {
    try {
      this.#unwatch.push(start());
    } catch (cause) {
      this.#options.note(cause);
    }
  }

  readonly #humanLeft = (how: LeaveHow): void => {
    this.#onTheLine = false;
    if (this.#stop.signal.aborted) this.#stopVoice.abort(this.#stop.signal.reason);
    this.#options.dispatch({ type: 'human-left', how });
  };

  /** What fails because we stopped it is no news. */
  #unlessStopped(type: 'briefing-failed' | 'merge-failed'): (cause: unknown) => void {
    return (cause) => {
      if (!this.#stop.signal.aborted) this.#options.dispatch({ type, cause });
    };
  }

  #track<T>(work: () => Promise<T>, then: (value: T) => void, otherwise: (cause: unknown) => void): void {
    const settled = begin(work, then, otherwise);
    this.#underWay.add(settled);
    void settled.finally(() => this.#underWay.delete(settled));
  }
}

const ignore = (): void => undefined;

/** How long whoever has answered is spoken to before anything else is done in the room: publishing would delay it. */
const FIRST_WORD_MS = 500;

/** How long the hold audio may keep us from entering the consult room. */
const HEAD_START_MS = 300;
