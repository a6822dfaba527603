import { ConsultRoomError } from '../../src/consult-room-error.ts';
import type { Effect, RequestEffect, Timer } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import { strategyLimits } from '../../src/machine/limits.ts';
import { initialState, type StrategyState } from '../../src/machine/state.ts';
import { transition } from '../../src/machine/transition.ts';
import { joined, MergeInvariants } from './invariants.ts';
import { Random } from './random.ts';
import { SimulatedServer } from './simulated-server.ts';
import { verifyMs } from './verify-ms.ts';
import { Clock } from './virtual-clock.ts';

/** Simulates a merge in a world made from a seed. Returns the contracts that were broken; an empty list is good. */
export function simulate(seed: number, take: typeof transition = transition): readonly string[] {
  return new Simulation(seed, take).run();
}

class Simulation {
  readonly #random: Random;
  readonly #clock = new Clock();
  readonly #server: SimulatedServer;
  readonly #invariants: MergeInvariants;
  readonly #take: typeof transition;
  readonly #timers = new Map<Timer, number>();
  #state: StrategyState;
  #timersSet = 0;
  #released = false;
  #callIsOver = false;

  constructor(seed: number, take: typeof transition) {
    this.#random = new Random(seed);
    this.#take = take;
    this.#server = new SimulatedServer(this.#clock, this.#random, (event) => this.#see(event));
    const ways = this.#random.pick([
      { bridge: true, move: true },
      { bridge: true, move: true },
      { bridge: true, move: false },
      { bridge: false, move: true },
    ]);
    this.#state = initialState(ways, 'human');
    this.#invariants = new MergeInvariants(this.#server, this.#clock);
  }

  run(): readonly string[] {
    this.#plan();
    let steps = 0;
    while (this.#invariants.broken.length === 0 && this.#clock.runNext()) {
      steps += 1;
      if (steps > 2_000) return ['it goes on for ever'];
    }
    if (this.#invariants.broken.length === 0) this.#invariants.conclude(this.#state, this.#released);
    return this.#invariants.broken;
  }

  /** Plans what participants and the application do, and when. */
  #plan(): void {
    const { chance, whole } = {
      chance: (p: number) => this.#random.chance(p),
      whole: this.#random.whole.bind(this.#random),
    };
    const server = this.#server;
    const spanMs = this.#random.pick([500, 3_000, 20_000]);
    const at = (probability: number, run: () => void): void => {
      if (chance(probability)) this.#clock.after(whole(0, spanMs), run);
    };
    if (chance(0.7)) this.#dispatch({ type: 'publish-tracks' });
    this.#clock.after(0, () => this.#merge());
    at(0.4, () => this.#merge());
    at(0.4, () => this.#merge());
    at(0.25, () => this.#dispatch({ type: 'abort' }));
    at(0.5, () => this.#dispatch({ type: 'promote', signal: undefined }));
    at(0.3, () => this.#dispatch({ type: 'publish-tracks' }));
    at(0.25, () => server.hangUpCaller());
    at(0.25, () => server.hangUpHuman());
    at(0.08, () => server.loseRoom('consult'));
    at(0.05, () => server.loseRoom('caller'));
    const closesAt = chance(0.3) ? whole(0, spanMs) : 60_000;
    this.#clock.after(closesAt, () => this.#dispatch({ type: 'close' }));
    if (chance(0.2)) this.#clock.after(closesAt + whole(0, 3_000), () => this.#merge());
  }

  #merge(): void {
    // A merge that is running, or has succeeded, is the answer to a further one.
    if (this.#invariants.merging || joined.includes(this.#state.phase)) return;
    this.#invariants.asked();
    this.#dispatch({ type: 'merge', withholdMs: 0 });
  }

  /** Passes room events on until the merge is released. */
  #see(event: StrategyEvent): void {
    if (!this.#released || 'id' in event) this.#dispatch(event);
  }

  #dispatch(event: StrategyEvent): void {
    const before = this.#state;
    const { state, effects } = this.#take(before, event);
    this.#state = state;
    this.#invariants.step(before, event, state, effects);
    for (const effect of effects) this.#perform(effect);
    this.#invariants.look(state, (timer) => this.#timers.has(timer), this.#released);
  }

  #perform(effect: Effect): void {
    this.#invariants.effect(effect);
    if ('id' in effect) this.#request(effect);
    else if (effect.type === 'set-timer') this.#setTimer(effect.timer, effect.timeoutMs);
    else if (effect.type === 'remove-leg') this.#server.leg = false;
    else if (effect.type === 'end') this.#callIsOver = true;
    else if (effect.type === 'release') {
      this.#released = true;
      this.#timers.clear();
    }
  }

  #request(effect: RequestEffect): void {
    const { id, type } = effect;
    switch (type) {
      case 'open-bridge':
        this.#answer(() => this.#bridgeProof(id));
        break;
      case 'verify-move':
        this.#answer(() =>
          this.#server.human === 'caller' && this.#random.chance(0.8)
            ? { type: 'move-verified', id }
            : { type: 'move-unverified', id, missing: [] },
        );
        break;
      case 'move':
        this.#server.move(id, 'caller');
        break;
      case 'move-back':
        this.#server.move(id, 'consult');
        break;
      case 'remove':
        this.#server.remove(id);
        break;
      case 'promote':
        this.#server.promote(id, () => this.#callIsOver);
        break;
    }
  }

  #bridgeProof(id: number): StrategyEvent {
    const stands = this.#server.human === 'consult' && this.#random.chance(0.8);
    if (stands) return { type: 'bridge-verified', id };
    const error = new ConsultRoomError('media', 'not published');
    const failure = this.#random.pick([
      { merged: false, reason: 'no-audio', missing: [] },
      { merged: false, reason: 'media', error },
    ] as const);
    return { type: 'bridge-failed', id, failure };
  }

  /** Answers within the timeout of the verification, and sometimes twice. */
  #answer(answer: () => StrategyEvent): void {
    const ms = this.#random.whole(20, verifyMs);
    this.#clock.after(ms, () => this.#dispatch(answer()));
    if (this.#random.chance(0.05)) this.#clock.after(ms + this.#random.whole(0, 9_000), () => this.#dispatch(answer()));
  }

  #setTimer(timer: Timer, timeoutMs = strategyLimits[timer]): void {
    this.#timersSet += 1;
    const set = this.#timersSet;
    this.#timers.set(timer, set);
    this.#clock.after(timeoutMs, () => {
      if (this.#timers.get(timer) !== set) return;
      this.#timers.delete(timer);
      this.#dispatch({ type: timer });
    });
  }
}
