import { DisconnectReason } from '@livekit/rtc-node';
import { ConsultRoomError } from '../../src/consult-room-error.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import { hungUpMs, strategyLimits } from '../../src/machine/limits.ts';
import type { MergeEnd } from '../../src/merge/merge-result.ts';
import type { Random } from './random.ts';
import type { Clock } from './virtual-clock.ts';

export type Place = 'consult' | 'caller' | 'nowhere';

const newLeg = 'new-leg';

/** The longest time until the rooms report a departure, in milliseconds, with a reason and without one. */
const lateMs = { 'hung-up': hungUpMs / 2, lost: strategyLimits['arrival-due'] / 2 } as const;

const reasons = { 'hung-up': DisconnectReason.CLIENT_INITIATED, lost: DisconnectReason.UNKNOWN_REASON } as const;

type How = keyof typeof reasons;

function left(cause: 'caller-left' | 'human-left', how: How): MergeEnd {
  return { cause, left: { identity: cause, how, reason: reasons[how] } };
}

/** A server with two rooms and two participants. It moves participants late, not at all, or otherwise than it answers. */
export class SimulatedServer {
  human: Place = 'consult';
  /** Whether a promoted human agent's leg is in the caller room. */
  leg = false;
  callerIsThere = true;
  /** Whether this process sees the caller room. */
  seesCallerRoom = true;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #emit: (event: StrategyEvent) => void;
  readonly #isFaulty: boolean;

  constructor(clock: Clock, random: Random, emit: (event: StrategyEvent) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#emit = emit;
    this.#isFaulty = random.chance(0.7);
  }

  /**
   * Answers a request to move, and moves, each in its own time. Only a participant who is seen there counts as moved
   * back.
   */
  move(id: number, to: 'caller' | 'consult'): void {
    const refused = this.#random.chance(0.3);
    const workMs = this.#random.whole(1, 200);
    if (!refused) this.#clock.after(this.#fault(0.3) ? this.#longMs() : workMs, () => this.#carry(to));
    const contradicts = this.#fault(0.15);
    const refusal = this.#refusal(refused && !contradicts);
    const answer = (): void => {
      const fails = to === 'consult' ? this.human !== 'consult' || contradicts : refused !== contradicts;
      const error = fails ? refusal : undefined;
      this.#emit({ type: to === 'caller' ? 'move-answered' : 'move-back-answered', id, error });
    };
    const answerMs = this.#fault(0.3) ? this.#longMs() : workMs + this.#random.whole(0, 100);
    if (!this.#fault(0.1)) this.#clock.after(answerMs, answer);
    if (this.#fault(0.1)) this.#clock.after(this.#longMs(), answer);
  }

  /** Removes the human agent from the caller room. */
  remove(id: number): void {
    this.#clock.after(this.#random.whole(1, 300), () => {
      if (this.human === 'caller') this.hangUpHuman();
    });
    if (!this.#fault(0.1))
      this.#clock.after(this.#random.whole(300, 3_000), () => this.#emit({ type: 'human-removed', id }));
  }

  /** Asks the phone to call in. The old leg ends after that, before it, or not at all. */
  promote(id: number, callIsOver: () => boolean): void {
    const ms = this.#random.whole(100, 5_000);
    if (this.#random.chance(0.4)) this.#clock.after(this.#random.whole(1, ms), () => this.hangUpHuman());
    this.#clock.after(ms, () => {
      // A call that has ended is promoted only if both happen at the same time.
      const promoted = this.#random.chance(callIsOver() ? 0.2 : 0.5);
      this.leg = promoted;
      if (promoted && this.human === 'consult') this.human = 'nowhere';
      this.#emit({
        type: 'promotion-ended',
        id,
        promotion: promoted
          ? { promoted, humanIdentity: newLeg, tookMs: ms }
          : { promoted, reason: this.human === 'consult' ? 'rejected' : 'human-left' },
      });
      if (promoted && this.#random.chance(0.5))
        this.#clock.after(this.#random.whole(1, 9_000), () => this.hangUpHuman());
    });
  }

  hangUpHuman(): void {
    const from = this.leg ? 'caller' : this.human;
    this.human = 'nowhere';
    this.leg = false;
    if (from !== 'nowhere') this.#seeLeft(from, this.#random.chance(0.8) ? 'hung-up' : 'lost');
  }

  hangUpCaller(): void {
    if (!this.callerIsThere) return;
    this.callerIsThere = false;
    this.#seen({ type: 'caller-lost', end: left('caller-left', 'hung-up') }, 'hung-up');
  }

  loseRoom(which: 'caller' | 'consult'): void {
    const cause = which === 'caller' ? 'caller-room-lost' : 'consult-room-lost';
    const end: MergeEnd = { cause, reason: DisconnectReason.SERVER_SHUTDOWN };
    if (which === 'caller') this.seesCallerRoom = false;
    this.#emit({ type: which === 'caller' ? 'caller-lost' : 'consult-left', end });
  }

  #carry(to: 'caller' | 'consult'): void {
    const from = to === 'caller' ? 'consult' : 'caller';
    if (this.human !== from) return;
    this.human = to;
    const how = this.#random.chance(0.8) ? 'lost' : 'hung-up';
    this.#seeLeft(from, how);
    if (to === 'caller' && this.seesCallerRoom) this.#seen({ type: 'human-arrived' }, how);
  }

  #seeLeft(from: 'caller' | 'consult', how: How): void {
    const wasMoved = this.human !== 'nowhere';
    const end = left('human-left', how);
    if (from === 'consult') this.#seen({ type: 'consult-left', end }, how, () => this.human !== 'consult');
    else if (!wasMoved) this.#seen({ type: 'human-gone', end }, how);
  }

  /** Emits events of the rooms soon, in any order. An event that is no longer true by then is not emitted. */
  #seen(event: StrategyEvent, how: How, isTrue: () => boolean = () => true): void {
    this.#clock.after(this.#random.whole(0, this.#random.chance(0.2) ? lateMs[how] : 40), () => {
      if (isTrue()) this.#emit(event);
    });
  }

  #refusal(really: boolean): ConsultRoomError {
    const code = really ? this.#random.pick(['not-implemented', 'server', 'timeout'] as const) : 'server';
    return new ConsultRoomError(code, 'rejected');
  }

  #fault(probability: number): boolean {
    return this.#isFaulty && this.#random.chance(probability);
  }

  /** Returns a time so long that an abandoned request is observed before it is forgotten. */
  #longMs(): number {
    return this.#random.whole(1, strategyLimits['move-expired'] - lateMs.lost - 1);
  }
}
