import type { Held } from '../../../src/bridge/relay-pair.ts';
import type { RejoinEffect, RejoinTimer } from '../../../src/promotion/promotion-effect.ts';
import type { RejoinEvent } from '../../../src/promotion/promotion-event.ts';
import type { RejoinPhase, RejoinState } from '../../../src/promotion/promotion-state.ts';
import type { Clock } from '../virtual-clock.ts';
import type { PhoneWorld } from './simulated-phone.ts';
import { wrongSteps } from './step-invariants.ts';

/** Phases in which a limit runs, and which. */
const limitOf: Readonly<Partial<Record<RejoinPhase, RejoinTimer>>> = {
  calling: 'answer-due',
  awaiting: 'line-due',
  'handing-over': 'old-line-due',
};

/** What must be seen of a promotion from outside, and of what it does to people. */
export class RejoinWitness {
  readonly broken: string[] = [];
  readonly #world: PhoneWorld;
  readonly #clock: Clock;
  /** Lines that were seen to come and not to go, and those that have been heard. */
  readonly #here = new Set<string>();
  readonly #heard = new Set<string>();
  readonly #followed = new Set<string>();
  readonly #subscribed = new Set<string>();
  #held: Held = 'nobody';
  #isOver = false;
  #isUnwanted = false;
  #results = 0;
  #releases = 0;
  #promoted: string | undefined;

  constructor(world: PhoneWorld, clock: Clock) {
    this.#world = world;
    this.#clock = clock;
  }

  /** Accounts for one step of the machine, before its effects. */
  step(before: RejoinState, event: RejoinEvent, after: RejoinState, effects: readonly RejoinEffect[]): void {
    if (event.type === 'line-came') this.#here.add(event.identity);
    if (event.type === 'line-heard') this.#heard.add(event.identity);
    if (event.type === 'line-gone') for (const seen of [this.#here, this.#heard]) seen.delete(event.identity);
    if (event.type === 'call-over') this.#isOver = true;
    if (['abort', 'call-over', 'old-line-ended'].includes(event.type)) this.#isUnwanted = true;
    for (const wrong of wrongSteps(before, event, after, effects)) this.#wrong(wrong);
  }

  effect(effect: RejoinEffect): void {
    switch (effect.type) {
      case 'refer':
        if (this.#isUnwanted) this.#wrong('the phone is told to call for nothing');
        break;
      case 'follow-line':
        this.#followed.add(effect.identity);
        break;
      case 'remove-line':
        this.#followed.delete(effect.identity);
        break;
      case 'subscribe':
        this.#subscribed.add(effect.identity);
        break;
      case 'hold':
        this.#held = effect.held;
        break;
      case 'promoted':
        this.#results += 1;
        this.#promoted = effect.identity;
        if (this.#isOver) this.#wrong('it is promoted though the call is over');
        if (!this.#here.has(effect.identity)) this.#wrong('it is promoted by a line that is not there');
        if (!this.#subscribed.has(effect.identity)) this.#wrong('the line is not subscribed');
        break;
      case 'failed':
        this.#results += 1;
        if (this.#held !== 'nobody') this.#wrong('it fails, and the bridge stays silent');
        if (this.#isOver && effect.failure.reason !== 'ended' && effect.failure.reason !== 'server')
          this.#wrong(`the call is over, and it is ${effect.failure.reason}`);
        break;
      case 'release':
        this.#releases += 1;
        break;
      default:
        break;
    }
  }

  /** Looks at what must hold between any two steps. */
  look(state: RejoinState, isSet: (timer: RejoinTimer) => boolean): void {
    const { phase, line, held } = state;
    if (this.#results > 1) this.#wrong('it settles twice');
    if (held !== this.#held) this.#wrong('the bridge is not as it is believed to be');
    const limit = limitOf[phase];
    if (limit && !isSet(limit)) this.#wrong(`no limit while ${phase}`);
    if (line && phase !== 'promoted' && !this.#here.has(line.identity)) this.#wrong('it believes in a line that went');
    if (line && phase !== 'promoted' && !this.#followed.has(line.identity)) this.#wrong('the line is not followed');
    if (phase !== 'calling' && phase !== 'awaiting') {
      if (held !== (phase === 'handing-over' ? 'both' : phase === 'promoted' ? held : 'nobody'))
        this.#wrong(`${held} is held while ${phase}`);
      return;
    }
    if (line && this.#heard.has(line.identity)) this.#wrong('a line that is heard is not taken');
    if (held === 'both') this.#wrong(`both are held while ${phase}`);
    if (held === 'human' && (!line?.isActive || !isSet('silence-due')))
      this.#wrong('the human agent is held for nothing');
    if (isHopeless(state) && !isSet('hang-up-due')) this.#wrong('it waits for a line that cannot come');
  }

  conclude({ phase }: RejoinState): void {
    if (this.#results !== 1) this.#wrong(`it settles ${this.#results} times`);
    if (this.#releases !== 1) this.#wrong(`it is released ${this.#releases} times`);
    if (phase !== 'failed' && phase !== 'promoted') this.#wrong(`it stays ${phase}`);
    if (this.#world.number === 'made') this.#wrong('the number stays');
    if (this.#promoted !== undefined && this.#world.oldLine) this.#wrong('the old line stays');
    for (const line of this.#world.lines) if (line !== this.#promoted) this.#wrong("a line stays in the caller's room");
  }

  #wrong(what: string): void {
    this.broken.push(`${what} (at ${this.#clock.now} ms)`);
  }
}

/** The phone has not called, as far as the server says. */
function isHopeless({ phase, line, answer, oldLineEnded }: RejoinState): boolean {
  if (phase !== 'awaiting' || line || !answer || answer.how === 'called') return false;
  return oldLineEnded || answer.how === 'failed';
}
