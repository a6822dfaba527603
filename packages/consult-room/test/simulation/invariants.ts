import type { Effect, MergeOutcome, Timer } from '../../src/machine/effect.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import { hungUpMs, strategyLimits } from '../../src/machine/limits.ts';
import type { Phase, StrategyState } from '../../src/machine/state.ts';
import type { SimulatedServer } from './simulated-server.ts';
import { wrongSteps } from './step-invariants.ts';
import { verifyMs } from './verify-ms.ts';
import type { Clock } from './virtual-clock.ts';

/** Phases in which the bridge may carry audio. */
const bridging: readonly Phase[] = ['moving', 'bridging', 'bridged', 'promoting'];
const together: readonly Phase[] = ['moved', 'promoted'];
export const joined: readonly Phase[] = ['bridged', 'promoting', ...together];

/** The sum of all timeouts of a merge: moved, not verified, moved back, bridged, not verified. */
const mergeLimitMs = 3 * strategyLimits['answer-due'] + 2 * verifyMs + strategyLimits['arrival-due'];

/** Checks the contracts of a merge, and its effects on the participants, from outside. */
export class MergeInvariants {
  readonly broken: string[] = [];
  merging = false;
  readonly #server: SimulatedServer;
  readonly #clock: Clock;
  #gate = false;
  #tracks = false;
  #ends = 0;
  #releases = 0;
  #by: 'bridge' | 'move' | 'rejoin' | undefined;
  #isAborted = false;
  #isConsultLost = false;
  #oldLegEnded = false;
  /** Moves that were requested, less those that were observed. */
  #unseen = 0;
  /** The time by which the merge must have settled, ended, or opened a bridge, in milliseconds. */
  readonly #due = { settle: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY, bridge: Number.POSITIVE_INFINITY };

  constructor(server: SimulatedServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  asked(): void {
    this.merging = true;
    this.#isAborted = false;
    this.#due.settle = this.#clock.now + mergeLimitMs;
  }

  /** Accounts for one step of the machine, before its effects. */
  step(before: StrategyState, event: StrategyEvent, after: StrategyState, effects: readonly Effect[]): void {
    for (const [what, at] of Object.entries(this.#due)) if (this.#clock.now > at) this.#wrong(`it is late to ${what}`);
    for (const wrong of wrongSteps(before, event, after, effects, this.#tracks)) this.#wrong(wrong);
    if (event.type === 'human-arrived' || isNever(before, event)) this.#unseen -= 1;
    if (event.type === 'abort' && this.merging) this.#isAborted = true;
    if (event.type === 'consult-left' && event.end.cause === 'consult-room-lost') this.#isConsultLost = true;
    if (event.type === 'consult-left' && before.phase === 'promoting') this.#oldLegEnded = true;
    if (this.#oldLegEnded && before.phase === 'promoting' && after.phase === 'bridged')
      this.#wrong('it is bridged without the human agent');
    if (isGivenUp(before, event) && this.#server.human === 'caller')
      this.#wrong('it abandons a human agent who has been moved');
    this.#watchEnd(before, event, after);
    this.#watchBridge(after);
  }

  effect(effect: Effect): void {
    switch (effect.type) {
      case 'publish-tracks':
        this.#tracks = true;
        break;
      case 'open-bridge':
        this.#tracks = true;
        this.#gate = true;
        break;
      case 'close-gate':
        this.#gate = false;
        break;
      case 'close-bridge':
        this.#gate = false;
        this.#tracks = false;
        break;
      case 'move':
        this.#unseen += 1;
        break;
      case 'settle':
        this.#settle(effect.result);
        break;
      case 'switch-call':
        if (this.#ends > 0 || this.#by === undefined) this.#wrong('there is no call to switch');
        this.#by = effect.by;
        break;
      case 'end':
        this.#ends += 1;
        this.#due.end = Number.POSITIVE_INFINITY;
        if (this.#ends > 1) this.#wrong('it ends twice');
        break;
      case 'remove':
        if (this.#by === 'move') this.#wrong('a merged human agent is removed');
        break;
      case 'release':
        this.#releases += 1;
        break;
      default:
        break;
    }
  }

  /** Checks the invariants between any two steps. */
  look(state: StrategyState, isSet: (timer: Timer) => boolean, released: boolean): void {
    const { phase, links } = state;
    if (this.#gate && !bridging.includes(phase)) this.#wrong(`the gate is open while ${phase}`);
    if (this.#gate !== (links.bridge === 'open')) this.#wrong('the gate differs from the state');
    if (this.#tracks !== (links.bridge !== 'none')) this.#wrong('the tracks differ from the state');
    if (this.#tracks && (together.includes(phase) || phase === 'ended'))
      this.#wrong(`the bridge is fed while ${phase}`);
    if (joined.includes(phase) && this.#ends === 0) this.#lookAtCall(phase);
    if (phase === 'ended' && this.#ends === 0) this.#wrong('its end is not reported');
    if (links.unseenMoves > Math.max(0, this.#unseen)) this.#wrong('it waits for a move that it has seen');
    const isPending = links.unseenMoves > 0 || links.awaiting.promote !== undefined;
    if (phase === 'ended' && links.closed && !isPending && !released) this.#wrong('it is not released');
    if (this.#isConsultLost && (phase === 'apart' || (phase === 'bridging' && !state.left)))
      this.#wrong('it continues without a consult room');
    const missing = missingTimer(state, isSet);
    if (missing) this.#wrong(`no timer: ${missing}`);
  }

  conclude({ phase }: StrategyState, released: boolean): void {
    if (phase !== 'ended') this.#wrong(`it stays ${phase}`);
    if (this.merging) this.#wrong('it never settles');
    if (!released || this.#releases !== 1) this.#wrong(`it is released ${this.#releases} times`);
    if (!this.#server.seesCallerRoom) return;
    if (this.#server.human === 'caller' && this.#by !== 'move')
      this.#wrong("the human agent stays in the caller's room");
    if (this.#server.leg && this.#by !== 'rejoin') this.#wrong("a leg stays in the caller's room");
  }

  #settle(result: MergeOutcome): void {
    if (!this.merging) this.#wrong('it settles although no merge is running');
    this.merging = false;
    this.#due.settle = Number.POSITIVE_INFINITY;
    if (result.merged) {
      this.#by = result.by;
      if (this.#ends > 0) this.#wrong('it is merged although it has ended');
      if (this.#isAborted) this.#wrong('it is merged although it was aborted');
    } else if (this.#gate) this.#wrong('it failed with an open gate');
  }

  #lookAtCall(phase: Phase): void {
    const by = phase === 'moved' ? 'move' : phase === 'promoted' ? 'rejoin' : 'bridge';
    if (this.#by !== by) this.#wrong(`the call is by ${this.#by} while ${phase}`);
    if (by === 'bridge' && !this.#gate) this.#wrong('a bridged call has no open gate');
  }

  /**
   * Checks that a departure is reported immediately, or, if the participant may be on the way into the other room, when
   * they do not arrive.
   */
  #watchEnd(before: StrategyState, event: StrategyEvent, after: StrategyState): void {
    const { phase, links } = before;
    if (phase === 'ended' || this.#ends > 0) return;
    const isHere = phase === 'verifying' || together.includes(phase);
    const { now } = this.#clock;
    if (event.type === 'caller-lost' || (event.type === 'human-gone' && isHere)) this.#due.end = now;
    if (event.type === 'consult-left' && ['apart', 'moving', 'bridging', 'bridged'].includes(phase)) {
      // Of two departures, the first one counts.
      const mayCome = phase !== 'apart' && links.unseenMoves > 0;
      const hasHungUp = event.end.cause === 'human-left' && event.end.left.how === 'hung-up';
      const landingMs = hasHungUp ? hungUpMs : strategyLimits['arrival-due'];
      const dueIn = mayCome ? landingMs : 0;
      if (this.#due.end === Number.POSITIVE_INFINITY) this.#due.end = now + dueIn;
    }
    if (!isHere && ['verifying', 'moved', 'undoing'].includes(after.phase) && event.type !== 'caller-lost')
      this.#due.end = Number.POSITIVE_INFINITY;
  }

  #watchBridge(after: StrategyState): void {
    const waits = after.phase === 'moving' && after.links.ways.bridge && !after.left && !after.failure;
    if (!waits || after.links.bridge === 'open') this.#due.bridge = Number.POSITIVE_INFINITY;
    else this.#due.bridge = Math.min(this.#due.bridge, this.#clock.now + strategyLimits['bridge-due']);
  }

  #wrong(what: string): void {
    this.broken.push(`${what} (at ${this.#clock.now} ms)`);
  }
}

/** Whether the event is the answer of a server that cannot move participants. */
function isNever({ links }: StrategyState, event: StrategyEvent): boolean {
  return event.type === 'move-answered' && event.id === links.awaiting.move && event.error?.code === 'not-implemented';
}

/** Whether a human agent who was seen to leave the consult room is no longer awaited. */
function isGivenUp(before: StrategyState, event: StrategyEvent): boolean {
  return event.type === 'arrival-due' && isLanding(before) && before.left?.cause === 'human-left';
}

/** Whether the state awaits a human agent who has left the consult room. */
function isLanding(
  state: StrategyState,
): state is Extract<StrategyState, { readonly phase: 'moving' | 'bridging' | 'bridged' }> {
  return ['moving', 'bridging', 'bridged'].includes(state.phase) && 'left' in state;
}

/** Returns the timer that must run so that a human agent who may arrive is not awaited forever. */
function missingTimer(state: StrategyState, isSet: (timer: Timer) => boolean): Timer | undefined {
  if (isLanding(state) && !isSet('arrival-due')) return 'arrival-due';
  return state.links.unseenMoves > 0 && !isSet('move-expired') ? 'move-expired' : undefined;
}
