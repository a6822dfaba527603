import type { RejoinEffect, RejoinTimer } from '../../../src/promotion/promotion-effect.ts';
import type { RejoinEvent } from '../../../src/promotion/promotion-event.ts';
import { rejoinLimits } from '../../../src/promotion/promotion-limits.ts';
import { initialState } from '../../../src/promotion/promotion-state.ts';
import type { RejoinState } from '../../../src/promotion/promotion-state.ts';
import { transition } from '../../../src/promotion/transition.ts';
import { Clock } from '../virtual-clock.ts';
import { Random } from '../random.ts';
import { PhoneWorld } from './simulated-phone.ts';
import { RejoinWitness } from './invariants.ts';

/** A promotion in a world made from a seed. Returns the contracts that were broken; none is good. */
export function simulateRejoin(seed: number, take: typeof transition = transition): readonly string[] {
  return new Simulation(seed, take).run();
}

class Simulation {
  readonly #random: Random;
  readonly #clock = new Clock();
  readonly #world: PhoneWorld;
  readonly #witness: RejoinWitness;
  readonly #take: typeof transition;
  readonly #timers = new Map<RejoinTimer, number>();
  #state: RejoinState = initialState;
  #timersSet = 0;
  #released = false;

  constructor(seed: number, take: typeof transition) {
    this.#random = new Random(seed);
    this.#take = take;
    this.#world = new PhoneWorld(this.#clock, this.#random, (event) => this.#dispatch(event));
    this.#witness = new RejoinWitness(this.#world, this.#clock);
  }

  run(): readonly string[] {
    this.#plan();
    let steps = 0;
    while (this.#witness.broken.length === 0 && this.#clock.runNext()) {
      steps += 1;
      if (steps > 1_000) return ['it goes on for ever'];
    }
    if (this.#witness.broken.length === 0) this.#witness.conclude(this.#state);
    return this.#witness.broken;
  }

  #plan(): void {
    const spanMs = this.#random.pick([300, 3_000, 20_000]);
    const at = (probability: number, run: () => void): void => {
      if (this.#random.chance(probability)) this.#clock.after(this.#random.whole(0, spanMs), run);
    };
    this.#world.makeNumber();
    at(0.25, () => this.#dispatch({ type: 'abort' }));
    at(0.2, () => this.#world.hangUp());
    at(0.1, () => this.#world.endOldLine());
    const overAt = this.#random.chance(0.25) ? this.#random.whole(0, spanMs) : 90_000;
    this.#clock.after(overAt, () => this.#dispatch({ type: 'call-over' }));
  }

  #dispatch(event: RejoinEvent): void {
    // Answers come all the same.
    const isAnswer = event.type === 'refer-answered' || event.type.startsWith('number-');
    if (this.#released && !isAnswer) return;
    const before = this.#state;
    const { state, effects } = this.#take(before, event);
    this.#state = state;
    this.#witness.step(before, event, state, effects);
    for (const effect of effects) this.#perform(effect);
    this.#witness.look(state, (timer) => this.#timers.has(timer));
  }

  #perform(effect: RejoinEffect): void {
    this.#witness.effect(effect);
    if (effect.type === 'refer') this.#world.refer();
    else if (effect.type === 'remove-number') this.#world.removeNumber();
    else if (effect.type === 'remove-line') this.#world.remove(effect.identity);
    else if (effect.type === 'remove-old-line') this.#world.endOldLine();
    else if (effect.type === 'set-timer') this.#setTimer(effect.timer);
    else if (effect.type === 'release') {
      this.#released = true;
      this.#timers.clear();
    }
  }

  #setTimer(timer: RejoinTimer): void {
    this.#timersSet += 1;
    const set = this.#timersSet;
    this.#timers.set(timer, set);
    this.#clock.after(rejoinLimits[timer], () => {
      if (this.#timers.get(timer) !== set) return;
      this.#timers.delete(timer);
      this.#dispatch({ type: timer });
    });
  }
}
