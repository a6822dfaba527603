import type { Room } from '@livekit/rtc-node';
import { deferred } from '@org/support';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { Machine } from '../async/machine.js';
import { PendingWork } from '../async/pending-work.js';
import { Timers } from '../async/timers.js';
import { hangUpOrWarn } from '../call/hang-up.js';
import { failPromotion, type Promotion } from '../call/promotion.js';
import { publishedAudio } from '../media/follow-audio-track.js';
import { ListenerSubscription } from '../merge/listener-subscription.js';
import { followLeg } from './follow-leg.js';
import { numberAt, OneTimeNumber } from './one-time-number.js';
import type { PromotionContext } from './promotion-context.js';
import type { PromotionEffect, PromotionTimer } from './promotion-effect.js';
import type { PromotionEvent } from './promotion-event.js';
import { limitsFor } from './promotion-limits.js';
import { initialState, type PromotionState } from './promotion-state.js';
import { refer } from './refer.js';
import { transition } from './transition.js';
import { watchLegs } from './watch-legs.js';

/** Performs the effects of a promotion on the rooms and the server, and dispatches their results. Decides nothing. */
export class PromotionRun {
  readonly #context: PromotionContext;
  readonly #phoneNumber: string | undefined;
  readonly #machine: Machine<PromotionState, PromotionEvent, PromotionEffect>;
  readonly #timers: Timers<PromotionTimer>;
  readonly #startedAt = performance.now();
  readonly #result = deferred<Promotion>();
  /** The running requests, except the REFER, which cannot be ended early. */
  readonly #work = new PendingWork();
  readonly #stops: (() => void)[] = [];
  #stopFollowing: (() => void) | undefined;
  #number: OneTimeNumber | undefined;

  constructor(context: PromotionContext, phoneNumber: string | undefined) {
    this.#context = context;
    this.#phoneNumber = phoneNumber;
    this.#machine = new Machine(initialState, transition, (effect) => this.#perform(effect));
    this.#timers = new Timers(limitsFor(context.rejoin.timeoutMs), (type) => this.#dispatch({ type }));
  }

  /** Resolves to the result when the number, and the legs that are not needed, are gone. Never rejects. */
  async run(): Promise<Promotion> {
    this.#listen(this.#context.callEnded, { type: 'call-ended' });
    this.#listen(this.#context.signal, { type: 'abort' });
    this.#work.add(this.#createNumber());
    const result = await this.#result.promise;
    await this.#work.settled();
    for (const error of (await this.#number?.remove()) ?? []) this.#context.onWarning(error);
    return result;
  }

  oldLegEnded(): void {
    this.#dispatch({ type: 'old-leg-ended' });
  }

  #dispatch(event: PromotionEvent): void {
    this.#machine.dispatch(event);
  }

  #perform(effect: PromotionEffect): void {
    const { callerRoom, consultRoom, humanIdentity, relays } = this.#context;
    switch (effect.type) {
      case 'refer':
        this.#refer();
        break;
      case 'remove-number':
        this.#work.add(this.#removeNumber());
        break;
      case 'follow-leg':
        this.#follow(effect.identity);
        break;
      case 'remove-leg':
        this.#work.add(this.#hangUp(callerRoom, effect.identity));
        break;
      case 'remove-old-leg':
        this.#work.add(this.#hangUp(consultRoom, humanIdentity));
        break;
      case 'subscribe':
        this.#subscribe(effect.identity);
        break;
      case 'silence':
        relays.silence(effect.silenced);
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

  async #createNumber(): Promise<void> {
    const { sip, rejoin, callerRoom } = this.#context;
    const isShown = this.#phoneNumber !== undefined && !rejoin.hidePhoneNumber;
    const attributes = isShown ? { 'sip.phoneNumber': this.#phoneNumber } : {};
    try {
      this.#number = await OneTimeNumber.create(sip, { roomName: callerRoom.name ?? '', attributes, ...rejoin });
    } catch (error) {
      const failure = { ...failPromotion('server'), error: toConsultRoomError(error, 'create a one-time number') };
      this.#dispatch({ type: 'number-failed', failure });
      return;
    }
    this.#dispatch({ type: 'number-created' });
  }

  #refer(): void {
    const { sip, rejoin, callerRoom, consultRoom, humanIdentity: identity } = this.#context;
    const number = this.#number;
    if (!number) return;
    this.#stops.push(watchLegs(callerRoom, number.ruleId, (leg) => this.#dispatch({ type: 'leg-joined', ...leg })));
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
    this.#stopFollowing = followLeg(this.#context.callerRoom, identity, (type) => this.#dispatch({ type, identity }));
  }

  async #hangUp(room: Room, identity: string): Promise<void> {
    const { participants, onWarning } = this.#context;
    await hangUpOrWarn(participants, { room: room.name ?? '', identity }, onWarning);
  }

  #subscribe(human: string): void {
    const { callerRoom: room, callerIdentity: caller, participants, onWarning } = this.#context;
    const toCaller = new ListenerSubscription({ room, identity: caller }, { participants, onWarning });
    toCaller.ask(publishedAudio(room, human));
    const toHuman = new ListenerSubscription({ room, identity: human }, { participants, onWarning });
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

  #listen(signal: AbortSignal | undefined, event: PromotionEvent): void {
    const dispatch = (): void => this.#dispatch(event);
    signal?.addEventListener('abort', dispatch, { once: true });
    this.#stops.push(() => signal?.removeEventListener('abort', dispatch));
  }
}
