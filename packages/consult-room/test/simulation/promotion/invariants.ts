import type { Silenced } from '../../../src/bridge/relay-pair.ts';
import type { PromotionEffect, PromotionTimer } from '../../../src/promotion/promotion-effect.ts';
import type { PromotionEvent } from '../../../src/promotion/promotion-event.ts';
import type { PromotionPhase, PromotionState } from '../../../src/promotion/promotion-state.ts';
import type { Clock } from '../virtual-clock.ts';
import type { SimulatedPhone } from './simulated-phone.ts';
import { wrongSteps } from './step-invariants.ts';

/** The timer that must run in a phase. */
const limitOf: Readonly<Partial<Record<PromotionPhase, PromotionTimer>>> = {
  calling: 'answer-due',
  awaiting: 'leg-due',
  'handing-over': 'old-leg-due',
};

/** Checks the contracts of a promotion, and its effects on the participants, from outside. */
export class PromotionInvariants {
  readonly broken: string[] = [];
  readonly #phone: SimulatedPhone;
  readonly #clock: Clock;
  /** Legs that were seen to join and not to leave, and those that were audible. */
  readonly #here = new Set<string>();
  readonly #heard = new Set<string>();
  readonly #followed = new Set<string>();
  readonly #subscribed = new Set<string>();
  #silenced: Silenced = 'none';
  #hasEnded = false;
  #isUnwanted = false;
  #results = 0;
  #releases = 0;
  #promoted: string | undefined;

  constructor(phone: SimulatedPhone, clock: Clock) {
    this.#phone = phone;
    this.#clock = clock;
  }

  /** Accounts for one step of the machine, before its effects. */
  step(
    before: PromotionState,
    event: PromotionEvent,
    after: PromotionState,
    effects: readonly PromotionEffect[],
  ): void {
    if (event.type === 'leg-joined') this.#here.add(event.identity);
    if (event.type === 'leg-audible') this.#heard.add(event.identity);
    if (event.type === 'leg-left') for (const seen of [this.#here, this.#heard]) seen.delete(event.identity);
    if (event.type === 'call-ended') this.#hasEnded = true;
    if (['abort', 'call-ended', 'old-leg-ended'].includes(event.type)) this.#isUnwanted = true;
    for (const wrong of wrongSteps(before, event, after, effects)) this.#wrong(wrong);
  }

  effect(effect: PromotionEffect): void {
    switch (effect.type) {
      case 'refer':
        if (this.#isUnwanted) this.#wrong('the phone is asked to call although the promotion is unwanted');
        break;
      case 'follow-leg':
        this.#followed.add(effect.identity);
        break;
      case 'remove-leg':
        this.#followed.delete(effect.identity);
        break;
      case 'subscribe':
        this.#subscribed.add(effect.identity);
        break;
      case 'silence':
        this.#silenced = effect.silenced;
        break;
      case 'promoted':
        this.#results += 1;
        this.#promoted = effect.identity;
        if (this.#hasEnded) this.#wrong('it is promoted although the call has ended');
        if (!this.#here.has(effect.identity)) this.#wrong('it is promoted by a leg that is not there');
        if (!this.#subscribed.has(effect.identity)) this.#wrong('the leg is not subscribed');
        break;
      case 'failed':
        this.#results += 1;
        if (this.#silenced !== 'none') this.#wrong('it fails, and the bridge stays silent');
        if (this.#hasEnded && effect.failure.reason !== 'ended' && effect.failure.reason !== 'server')
          this.#wrong(`the call has ended, and the reason is ${effect.failure.reason}`);
        break;
      case 'release':
        this.#releases += 1;
        break;
      default:
        break;
    }
  }

  /** Checks the invariants between any two steps. */
  look(state: PromotionState, isSet: (timer: PromotionTimer) => boolean): void {
    const { phase, leg, silenced } = state;
    if (this.#results > 1) this.#wrong('it settles twice');
    if (silenced !== this.#silenced) this.#wrong('the bridge differs from the state');
    const limit = limitOf[phase];
    if (limit && !isSet(limit)) this.#wrong(`no limit while ${phase}`);
    if (leg && phase !== 'promoted' && !this.#here.has(leg.identity)) this.#wrong('it keeps a leg that has left');
    if (leg && phase !== 'promoted' && !this.#followed.has(leg.identity)) this.#wrong('the leg is not followed');
    if (phase !== 'calling' && phase !== 'awaiting') {
      if (silenced !== (phase === 'handing-over' ? 'both' : phase === 'promoted' ? silenced : 'none'))
        this.#wrong(`${silenced} is silenced while ${phase}`);
      return;
    }
    if (leg && this.#heard.has(leg.identity)) this.#wrong('an audible leg is not used');
    if (silenced === 'both') this.#wrong(`both are silenced while ${phase}`);
    if (silenced === 'human' && (!leg?.isActive || !isSet('silence-due')))
      this.#wrong('the human agent is silenced without a reason');
    if (isHopeless(state) && !isSet('hang-up-due')) this.#wrong('it waits for a leg that cannot join');
  }

  conclude({ phase }: PromotionState): void {
    if (this.#results !== 1) this.#wrong(`it settles ${this.#results} times`);
    if (this.#releases !== 1) this.#wrong(`it is released ${this.#releases} times`);
    if (phase !== 'failed' && phase !== 'promoted') this.#wrong(`it stays ${phase}`);
    if (this.#phone.number === 'made') this.#wrong('the number stays');
    if (this.#promoted !== undefined && this.#phone.oldLeg) this.#wrong('the old leg stays');
    for (const leg of this.#phone.legs) if (leg !== this.#promoted) this.#wrong("a leg stays in the caller's room");
  }

  #wrong(what: string): void {
    this.broken.push(`${what} (at ${this.#clock.now} ms)`);
  }
}

/** Whether the phone has not called, according to the server. */
function isHopeless({ phase, leg, answer, oldLegEnded }: PromotionState): boolean {
  if (phase !== 'awaiting' || leg || !answer || answer.how === 'called') return false;
  return oldLegEnded || answer.how === 'failed';
}
