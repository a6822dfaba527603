import { DisconnectReason } from '@livekit/rtc-node';
import { ConsultRoomError } from '../../src/consult-room-error.ts';
import type { MergeEnd } from '../../src/merge/merge-result.ts';
import { hungUpMs, strategyLimits } from '../../src/machine/limits.ts';
import type { StrategyEvent } from '../../src/machine/event.ts';
import type { Clock } from './virtual-clock.ts';
import type { Random } from './random.ts';

export type Place = 'consult' | 'caller' | 'nowhere';

const newLine = 'new-line';

/** How late the rooms tell of somebody at most, in milliseconds: of who gave a reason, and of who gave none. */
const lateMs = { 'hung-up': hungUpMs / 2, lost: strategyLimits['landing-due'] / 2 } as const;

const reasons = { 'hung-up': DisconnectReason.CLIENT_INITIATED, lost: DisconnectReason.UNKNOWN_REASON } as const;

type How = keyof typeof reasons;

function left(cause: 'caller-left' | 'human-left', how: How): MergeEnd {
  return { cause, left: { identity: cause, how, reason: reasons[how] } };
}

/** A server with two rooms and two people. It moves people late, not at all, or other than it says. */
export class SimulatedServer {
  human: Place = 'consult';
  /** A promoted human agent's line in the caller's room. */
  line = false;
  callerIsThere = true;
  /** Whether this process sees the caller's room. */
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

  /** Answers a request to move, and moves, each in its own time. Only who is seen there counts as moved back. */
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

  /** Removes the human agent from the caller's room. */
  remove(id: number): void {
    this.#clock.after(this.#random.whole(1, 300), () => {
      if (this.human === 'caller') this.hangUpHuman();
    });
    if (!this.#fault(0.1))
      this.#clock.after(this.#random.whole(300, 3_000), () => this.#emit({ type: 'human-removed', id }));
  }

  /** Tells the phone to call in. The old line ends after that, before it, or not at all. */
  promote(id: number, callIsOver: () => boolean): void {
    const ms = this.#random.whole(100, 5_000);
    if (this.#random.chance(0.4)) this.#clock.after(this.#random.whole(1, ms), () => this.hangUpHuman());
    this.#clock.after(ms, () => {
      // A call that is over is promoted only where both happen in the same moment.
      const promoted = this.#random.chance(callIsOver() ? 0.2 : 0.5);
      this.line = promoted;
      if (promoted && this.human === 'consult') this.human = 'nowhere';
      this.#emit({
        type: 'promotion-ended',
        id,
        promotion: promoted
          ? { promoted, humanIdentity: newLine, tookMs: ms }
          : { promoted, reason: this.human === 'consult' ? 'refused' : 'human-left' },
      });
      if (promoted && this.#random.chance(0.5))
        this.#clock.after(this.#random.whole(1, 9_000), () => this.hangUpHuman());
    });
  }

  hangUpHuman(): void {
    const from = this.line ? 'caller' : this.human;
    this.human = 'nowhere';
    this.line = false;
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

  /** The rooms' events come in any order, soon. One that is not true any more when it is to be told is not. */
  #seen(event: StrategyEvent, how: How, isTrue: () => boolean = () => true): void {
    this.#clock.after(this.#random.whole(0, this.#random.chance(0.2) ? lateMs[how] : 40), () => {
      if (isTrue()) this.#emit(event);
    });
  }

  #refusal(really: boolean): ConsultRoomError {
    const code = really ? this.#random.pick(['not-implemented', 'server', 'timeout'] as const) : 'server';
    return new ConsultRoomError(code, 'refused');
  }

  #fault(probability: number): boolean {
    return this.#isFaulty && this.#random.chance(probability);
  }

  /** So late that it is seen before a request that was given up is forgotten. */
  #longMs(): number {
    return this.#random.whole(1, strategyLimits['landing-over'] - lateMs.lost - 1);
  }
}
