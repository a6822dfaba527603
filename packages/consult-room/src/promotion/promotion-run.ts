import type { Room } from '@livekit/rtc-node';
import { hangUpOrWarn } from '../call/hang-up.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { publishedAudio } from '../media/follow-audio-track.js';
import { ListenerSubscription } from '../merge/listener-subscription.js';
import { deferred } from '@org/support';
import { Machine } from '../async/machine.js';
import { Timers } from '../async/timers.js';
import { followLine } from './follow-leg.js';
import { numberAt, OneTimeNumber } from './one-time-number.js';
import type { PromoteContext } from './promotion-context.js';
import { failPromotion } from '../call/promotion.js';
import type { Promotion } from '../call/promotion.js';
import { refer } from './refer.js';
import type { RejoinEffect, RejoinTimer } from './promotion-effect.js';
import type { RejoinEvent } from './promotion-event.js';
import { limitsFor } from './promotion-limits.js';
import { initialState } from './promotion-state.js';
import type { RejoinState } from './promotion-state.js';
import { transition } from './transition.js';
import { watchLines } from './watch-legs.js';

/** Performs the effects of a promotion on the rooms and the server, and reports their answers. Decides nothing. */
export class RejoinRun {
  readonly #context: PromoteContext;
  readonly #phoneNumber: string | undefined;
  readonly #machine: Machine<RejoinState, RejoinEvent, RejoinEffect>;
  readonly #timers: Timers<RejoinTimer>;
  readonly #startedAt = performance.now();
  readonly #result = deferred<Promotion>();
  /** Requests that are under way, but for the one that tells the phone to call, which nothing ends earlier. */
  readonly #work = new Set<Promise<void>>();
  readonly #stops: (() => void)[] = [];
  #stopFollowing: (() => void) | undefined;
  #number: OneTimeNumber | undefined;

  constructor(context: PromoteContext, phoneNumber: string | undefined) {
    this.#context = context;
    this.#phoneNumber = phoneNumber;
    this.#machine = new Machine(initialState, transition, (effect) => this.#perform(effect));
    this.#timers = new Timers(limitsFor(context.rejoin.timeoutMs), (type) => this.#dispatch({ type }));
  }

  /** Resolves to the result when the number, and the lines that are not needed, are gone. Never rejects. */
  async run(): Promise<Promotion> {
    this.#listen(this.#context.over, { type: 'call-over' });
    this.#listen(this.#context.signal, { type: 'abort' });
    this.#do(this.#makeNumber());
    const result = await this.#result.promise;
    while (this.#work.size > 0) await Promise.all(this.#work);
    for (const error of (await this.#number?.remove()) ?? []) this.#context.onWarning(error);
    return result;
  }

  oldLineEnded(): void {
    this.#dispatch({ type: 'old-line-ended' });
  }

  #dispatch(event: RejoinEvent): void {
    this.#machine.dispatch(event);
  }

  #perform(effect: RejoinEffect): void {
    const { callerRoom, consultRoom, humanIdentity, relays } = this.#context;
    switch (effect.type) {
      case 'refer':
        this.#tellToCall();
        break;
      case 'remove-number':
        this.#do(this.#removeNumber());
        break;
      case 'follow-line':
        this.#follow(effect.identity);
        break;
      case 'remove-line':
        this.#do(this.#hangUp(callerRoom, effect.identity));
        break;
      case 'remove-old-line':
        this.#do(this.#hangUp(consultRoom, humanIdentity));
        break;
      case 'subscribe':
        this.#subscribe(effect.identity);
        break;
      case 'hold':
        relays.hold(effect.held);
        break;
      case 'set-timer':
        this.#timers.set(effect.timer);
        break;
      case 'promoted':
        this.#settle({
          promoted: true,
          humanIdentity: effect.identity,
          tookMs: performance.now() - this.#startedAt,
        });
        break;
      case 'failed':
        this.#settle(effect.failure);
        break;
      case 'release':
        this.#release();
        break;
    }
  }

  async #makeNumber(): Promise<void> {
    const { sip, rejoin, callerRoom } = this.#context;
    const isShown = this.#phoneNumber !== undefined && !rejoin.hidePhoneNumber;
    const attributes = isShown ? { 'sip.phoneNumber': this.#phoneNumber } : {};
    try {
      this.#number = await OneTimeNumber.make(sip, { roomName: callerRoom.name ?? '', attributes, ...rejoin });
    } catch (error) {
      const failure = { ...failPromotion('server'), error: toConsultRoomError(error, 'make a one-time number') };
      this.#dispatch({ type: 'number-failed', failure });
      return;
    }
    this.#dispatch({ type: 'number-made' });
  }

  #tellToCall(): void {
    const { sip, rejoin, callerRoom, consultRoom, humanIdentity: identity } = this.#context;
    const number = this.#number;
    if (!number) return;
    this.#stops.push(watchLines(callerRoom, number.ruleId, (line) => this.#dispatch({ type: 'line-came', ...line })));
    const to = numberAt(rejoin.gateway, number.number);
    const request = { room: consultRoom.name ?? '', identity, to, timeoutMs: rejoin.timeoutMs };
    void refer(sip, request).then((answer) => this.#dispatch({ type: 'refer-answered', answer }));
  }

  async #removeNumber(): Promise<void> {
    await this.#number?.remove();
    this.#dispatch({ type: 'number-removed' });
  }

  #follow(identity: string): void {
    this.#stopFollowing?.();
    this.#stopFollowing = followLine(this.#context.callerRoom, identity, (type) => this.#dispatch({ type, identity }));
  }

  async #hangUp(room: Room, identity: string): Promise<void> {
    const { people, onWarning } = this.#context;
    await hangUpOrWarn(people, { room: room.name ?? '', identity }, onWarning);
  }

  #subscribe(human: string): void {
    const { callerRoom: room, callerIdentity: caller, people, onWarning } = this.#context;
    const toCaller = new ListenerSubscription({ room, identity: caller }, { people, onWarning });
    toCaller.ask(publishedAudio(room, human));
    const toHuman = new ListenerSubscription({ room, identity: human }, { people, onWarning });
    toHuman.ask(publishedAudio(room, caller));
  }

  #settle(promotion: Promotion): void {
    this.#context.onPromotion(promotion);
    this.#result.resolve(promotion);
  }

  #release(): void {
    this.#timers.clear();
    this.#stopFollowing?.();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #listen(signal: AbortSignal | undefined, event: RejoinEvent): void {
    const dispatch = (): void => this.#dispatch(event);
    signal?.addEventListener('abort', dispatch, { once: true });
    this.#stops.push(() => signal?.removeEventListener('abort', dispatch));
  }

  #do(work: Promise<void>): void {
    const tracked = work.finally(() => this.#work.delete(tracked));
    this.#work.add(tracked);
  }
}
