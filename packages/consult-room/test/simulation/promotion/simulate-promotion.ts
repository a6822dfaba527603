import type { PromotionEffect, PromotionTimer } from '../../../src/promotion/promotion-effect.ts';
import type { PromotionEvent } from '../../../src/promotion/promotion-event.ts';
import { promotionLimits } from '../../../src/promotion/promotion-limits.ts';
import { initialState, type PromotionState } from '../../../src/promotion/promotion-state.ts';
import { transition } from '../../../src/promotion/transition.ts';
import { Random } from '../random.ts';
import { Clock } from '../virtual-clock.ts';
import { PromotionInvariants } from './invariants.ts';
import { SimulatedPhone } from './simulated-phone.ts';

/** Simulates a promotion in a world made from a seed. Returns the contracts that were broken; an empty list is good. */
export function simulatePromotion(seed: number, take: typeof transition = transition): readonly string[] {
  return new Simulation(seed, take).run();
}

class Simulation {
  readonly #random: Random;
  readonly #clock = new Clock();
  readonly #phone: SimulatedPhone;
  readonly #invariants: PromotionInvariants;
  readonly #take: typeof transition;
  readonly #timers = new Map<PromotionTimer, number>();
  #state: PromotionState = initialState;
  #timersSet = 0;
  #released = false;

  constructor(seed: number, take: typeof transition) {
    this.#random = new Random(seed);
    this.#take = take;
    this.#phone = new SimulatedPhone(this.#clock, this.#random, (event) => this.#dispatch(event));
    this.#invariants = new PromotionInvariants(this.#phone, this.#clock);
  }

  run(): readonly string[] {
    this.#plan();
    let steps = 0;
    while (this.#invariants.broken.length === 0 && this.#clock.runNext()) {
      steps += 1;
      if (steps > 1_000) return ['it goes on for ever'];
    }
    if (this.#invariants.broken.length === 0) this.#invariants.conclude(this.#state);
    return this.#invariants.broken;
  }

  #plan(): void {
    const spanMs = this.#random.pick([300, 3_000, 20_000]);
    const at = (probability: number, run: () => void): void => {
      if (this.#random.chance(probability)) this.#clock.after(this.#random.whole(0, spanMs), run);
    };
    this.#phone.createNumber();
    at(0.25, () => this.#dispatch({ type: 'abort' }));
    at(0.2, () => this.#phone.hangUp());
    at(0.1, () => this.#phone.endOldLeg());
    const overAt = this.#random.chance(0.25) ? this.#random.whole(0, spanMs) : 90_000;
    this.#clock.after(overAt, () => this.#dispatch({ type: 'call-ended' }));
  }

  #dispatch(event: PromotionEvent): void {
    // Answers still arrive.
    const isAnswer = event.type === 'refer-answered' || event.type.startsWith('number-');
    if (this.#released && !isAnswer) return;
    const before = this.#state;
    const { state, effects } = this.#take(before, event);
    this.#state = state;
    this.#invariants.step(before, event, state, effects);
    for (const effect of effects) this.#perform(effect);
    this.#invariants.look(state, (timer) => this.#timers.has(timer));
  }

  #perform(effect: PromotionEffect): void {
    this.#invariants.effect(effect);
    if (effect.type === 'refer') this.#phone.refer();
    else if (effect.type === 'remove-number') this.#phone.removeNumber();
    else if (effect.type === 'remove-leg') this.#phone.remove(effect.identity);
    else if (effect.type === 'remove-old-leg') this.#phone.endOldLeg();
    else if (effect.type === 'set-timer') this.#setTimer(effect.timer);
    else if (effect.type === 'release') {
      this.#released = true;
      this.#timers.clear();
    }
  }

  #setTimer(timer: PromotionTimer): void {
    this.#timersSet += 1;
    const set = this.#timersSet;
    this.#timers.set(timer, set);
    this.#clock.after(promotionLimits[timer], () => {
      if (this.#timers.get(timer) !== set) return;
      this.#timers.delete(timer);
      this.#dispatch({ type: timer });
    });
  }
}
