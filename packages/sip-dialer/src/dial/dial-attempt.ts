import { deferred, type Deferred } from '@org/support';
import { recognizeFailure } from '../api/api-failure.js';
import type { Clients } from '../api/connect-clients.js';
import { createRedactor, type Redactor } from '../api/redactor.js';
import { type Clock, timeFromNow } from '../clock.js';
import { type LegObserver, observeLeg } from '../leg/observe-leg.js';
import { removeLeg } from '../leg/remove-leg.js';
import { DialedCall } from '../call/dialed-call.js';
import type { WatchableRoom } from '../api/watchable-room.js';
import type { DialEffect, DialEvent, DialTimer } from './dial-event.js';
import { type DialState, initialState } from './dial-state.js';
import { dialLimits } from './dial-limits.js';
import { transition } from './transition.js';
import type { DialOutcome, DialProgress } from '../outcome/dial-outcome.js';
import { classifyFailure } from './classify-failure.js';
import type { DialPlan } from '../request/plan-dial.js';

export interface DialAttemptParts {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly plan: DialPlan;
  readonly watch: WatchableRoom | Promise<WatchableRoom> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: DialProgress) => void;
  /** Default: `transition`. Tests omit a part of it, to prove that the part is needed. */
  readonly step?: typeof transition;
}

/** How long a leg is removed after the request should have ended, in milliseconds. */
const removalGraceMs = 5_000;

/** Performs the effects of one attempt, and reports their results as events. */
export class DialAttempt {
  /** Resolves once; never rejects. */
  readonly outcome: Promise<DialOutcome>;
  readonly #parts: DialAttemptParts;
  readonly #redact: Redactor;
  readonly #events: DialEvent[] = [];
  readonly #timers = new Map<DialTimer, () => void>();
  readonly #settled: Deferred<DialOutcome> = deferred();
  readonly #requestDone: Deferred<void> = deferred();
  /** Independent of changes to the system clock. */
  readonly #now: () => number;
  #state: DialState;
  #observer: LegObserver | undefined;
  readonly #onAbort = (): void => this.#dispatch({ type: 'abort', reason: this.#parts.signal?.reason });

  constructor(parts: DialAttemptParts) {
    this.#parts = parts;
    this.#redact = createRedactor([...parts.clients.secrets, ...parts.plan.secrets]);
    this.#now = timeFromNow(parts.clock);
    this.#state = initialState(this.#now());
    this.outcome = this.#settled.promise;
    const { signal } = parts;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted === true) this.#onAbort();
    else this.#dispatch({ type: 'start' });
  }

  /** Handles one event after the other: a progress handler may abort, and a room may emit while it is subscribed to. */
  #dispatch(event: DialEvent): void {
    this.#events.push(event);
    if (this.#events.length > 1) return;
    const { step = transition } = this.#parts;
    const given = { time: this.#parts.plan.time, limits: dialLimits };
    for (let next: DialEvent | undefined = event; next !== undefined; next = this.#events[0]) {
      const [state, effects] = step(this.#state, next, this.#now(), given);
      this.#state = state;
      for (const effect of effects) this.#perform(effect);
      this.#events.shift();
    }
  }

  #perform(effect: DialEffect): void {
    switch (effect.type) {
      case 'send-request':
        this.#observe();
        void this.#request();
        break;
      case 'set-timer':
        this.#setTimer(effect.timer, effect.ms);
        break;
      case 'clear-timer':
        this.#timers.get(effect.timer)?.();
        this.#timers.delete(effect.timer);
        break;
      case 'report':
        this.#parts.onProgress({ status: effect.status, at: effect.at });
        break;
      case 'expect-leg':
        this.#observer?.markJoined();
        break;
      case 'remove-leg':
        void this.#removeLeg();
        break;
      case 'settle':
        this.#settle();
        break;
    }
  }

  #observe(): void {
    const { clients, plan, clock, watch } = this.#parts;
    this.#observer = observeLeg(clients.rooms, plan, clock, watch, (sighting) => this.#dispatch(sighting));
  }

  async #request(): Promise<void> {
    const { clients, plan } = this.#parts;
    try {
      const { sipCallId } = await clients.sip.createSipParticipant(
        plan.trunk.trunkId,
        plan.number,
        plan.roomName,
        plan.apiOptions(),
        plan.trunk.connection,
      );
      this.#requestDone.resolve();
      this.#dispatch({ type: 'api-succeeded', callId: sipCallId });
    } catch (thrown) {
      this.#requestDone.resolve();
      this.#dispatch({ type: 'api-failed', failure: recognizeFailure(thrown, this.#redact) });
    }
  }

  #setTimer(timer: DialTimer, ms: number): void {
    this.#timers.get(timer)?.();
    const fire = (): void => {
      this.#timers.delete(timer);
      this.#dispatch({ type: 'timeout', timer });
    };
    this.#timers.set(
      timer,
      this.#parts.clock.after(
        ms,
        timer === 'ring' || timer === 'confirm' ? (): void => this.#refreshBefore(timer, fire) : fire,
      ),
    );
  }

  /** Refreshes the leg before a timeout counts: an answer or hang-up in the last moment may not have been polled yet. */
  #refreshBefore(timer: DialTimer, fire: () => void): void {
    const looking = this.#observer?.refresh();
    if (looking === undefined) return fire();
    const cancel = this.#parts.clock.after(dialLimits.confirmMs, () => settled());
    const settled = (): void => {
      cancel();
      if (this.#timers.get(timer) === cancel) fire();
    };
    this.#timers.set(timer, cancel);
    void looking.then(settled);
  }

  async #removeLeg(): Promise<void> {
    const { clients, plan, clock } = this.#parts;
    const startedAt = clock.steady();
    const mayJoin = (): boolean => {
      const { request, failure, joined } = this.#state.facts;
      if (request === 'pending') return true;
      const unclear = failure?.kind === 'connection-lost' || failure?.kind === 'ambiguous';
      return unclear && !joined && clock.steady() - startedAt < dialLimits.joinMs;
    };
    const cleared = (): void => this.#dispatch({ type: 'leg-removed' });
    await removeLeg({
      rooms: clients.rooms,
      place: plan,
      clock,
      timeoutMs: plan.time.requestTimeoutS * 1000 + removalGraceMs,
      ready: this.#state.facts.ringingSeen || this.#state.facts.pickedUp,
      mayJoin,
      onGone: cleared,
      changed: () => (this.#state.facts.request === 'pending' ? this.#requestDone.promise : undefined),
    });
    cleared();
  }

  #settle(): void {
    if (this.#state.phase !== 'settled') return;
    const { facts, ending } = this.#state;
    const { plan, clock, clients, signal, watch } = this.#parts;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    signal?.removeEventListener('abort', this.#onAbort);
    const observer = this.#observer;
    const dialed = plan.dialedNumber !== undefined && { dialedNumber: plan.dialedNumber };
    if (ending.type !== 'answered' || observer === undefined) {
      observer?.close();
      if (ending.type !== 'answered')
        this.#settled.resolve({ ...classifyFailure(facts, ending, plan.time), ...dialed });
      return;
    }
    const place = { roomName: plan.roomName, identity: plan.identity };
    const last = { ...facts, callStatus: facts.callStatus };
    const call = new DialedCall({ place, callId: facts.callId, clients, clock, watch, observer, last });
    this.#settled.resolve({ status: 'answered', call, timings: facts.timings, ...dialed });
  }
}
