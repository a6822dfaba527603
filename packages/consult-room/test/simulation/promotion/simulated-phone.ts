import { failPromotion } from '../../../src/call/promotion.ts';
import { ConsultRoomError } from '../../../src/consult-room-error.ts';
import type { PromotionEvent } from '../../../src/promotion/promotion-event.ts';
import { promotionLimits } from '../../../src/promotion/promotion-limits.ts';
import type { ReferAnswer } from '../../../src/promotion/refer.ts';
import type { Random } from '../random.ts';
import type { Clock } from '../virtual-clock.ts';

/** The longest time until a call that was placed is seen in the room, in milliseconds. */
const onItsWayMs = promotionLimits['late-leg-due'] - 50;

/** A phone, its gateway and the server's one-time number. They answer late, twice or never, and may answer wrongly. */
export class SimulatedPhone {
  number: 'none' | 'made' | 'removed' = 'none';
  oldLeg = true;
  /** The legs in the caller room that joined by the number. */
  readonly legs = new Set<string>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #emit: (event: PromotionEvent) => void;
  readonly #isFaulty: boolean;
  #legs = 0;
  #isAnswered = false;

  constructor(clock: Clock, random: Random, emit: (event: PromotionEvent) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#emit = emit;
    this.#isFaulty = random.chance(0.6);
  }

  createNumber(): void {
    const isMade = this.#random.chance(0.95);
    this.#later(this.#fault(0.2) ? 9_000 : 200, () => {
      if (isMade) this.number = 'made';
      const error = new ConsultRoomError('server', 'rejected');
      this.#emit(
        isMade ? { type: 'number-created' } : { type: 'number-failed', failure: { ...failPromotion('server'), error } },
      );
    });
  }

  removeNumber(): void {
    this.#later(this.#fault(0.2) ? 9_000 : 100, () => {
      this.number = 'removed';
      this.#emit({ type: 'number-removed' });
    });
  }

  /** Asks the phone to call: what it does, and what the gateway answers, need not agree. */
  refer(): void {
    const follows = this.#random.chance(0.75);
    if (follows) this.#later(this.#fault(0.2) ? 20_000 : 1_500, () => this.#call());
    if (this.#fault(0.3)) this.#later(20_000, () => this.#answer(this.#anyFailure()));
    else if (!follows) this.#later(this.#random.pick([100, 15_000]), () => this.#answer(this.#refusal()));
    // Another caller uses the same number, or the phone calls twice.
    if (this.#random.chance(0.15)) this.#later(8_000, () => this.#call());
  }

  hangUp(): void {
    for (const identity of this.legs) this.#goes(identity);
    this.endOldLeg();
  }

  endOldLeg(): void {
    if (!this.oldLeg) return;
    this.oldLeg = false;
    this.#seen({ type: 'old-leg-ended' });
  }

  remove(identity: string): void {
    this.#later(300, () => this.#goes(identity));
  }

  #call(): void {
    if (this.number !== 'made') {
      this.#answer({ how: 'failed', failure: { ...failPromotion('rejected'), sipStatus: 404 } });
      return;
    }
    this.#legs += 1;
    // A phone that calls again has the same identity as before.
    const identity = this.#random.chance(0.5) ? 'phone' : `leg-${this.#legs}`;
    this.#later(onItsWayMs, () => this.#come(identity));
  }

  #come(identity: string): void {
    // The server disconnects a participant of the same identity.
    if (this.legs.has(identity)) {
      this.legs.delete(identity);
      this.#emit({ type: 'leg-left', identity });
    }
    this.legs.add(identity);
    this.#emit({ type: 'leg-joined', identity, isIdentityTaken: this.#random.chance(0.04) });
    if (this.#random.chance(0.05)) this.#emit({ type: 'leg-joined', identity, isIdentityTaken: false });
    const activeMs = this.#random.whole(1, this.#fault(0.2) ? 6_000 : 500);
    this.#clock.after(activeMs, () => this.#activate(identity));
    if (this.#random.chance(0.3)) this.#later(6_000, () => this.#goes(identity));
  }

  #activate(identity: string): void {
    if (!this.legs.has(identity)) return;
    this.#emit({ type: 'leg-active', identity });
    if (!this.#fault(0.3)) this.#answer({ how: 'called' });
    if (!this.#fault(0.3)) this.#later(1_200, () => this.endOldLeg());
    if (this.#random.chance(0.8))
      this.#later(this.#random.pick([100, 400, 4_000]), () => {
        if (this.legs.has(identity)) this.#emit({ type: 'leg-audible', identity });
      });
  }

  #goes(identity: string): void {
    if (this.legs.delete(identity)) this.#seen({ type: 'leg-left', identity }, () => !this.legs.has(identity));
  }

  #answer(answer: ReferAnswer): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    this.#later(200, () => this.#emit({ type: 'refer-answered', answer }));
  }

  #refusal(): ReferAnswer {
    return this.#random.chance(0.6)
      ? { how: 'failed', failure: { ...failPromotion('rejected'), sipStatus: 603 } }
      : { how: 'failed', failure: failPromotion('no-answer') };
  }

  #anyFailure(): ReferAnswer {
    const unknown: ReferAnswer = { how: 'unknown', failure: failPromotion('no-answer') };
    return this.#random.chance(0.6) ? unknown : this.#refusal();
  }

  #later(withinMs: number, run: () => void): void {
    this.#clock.after(this.#random.whole(1, withinMs), run);
  }

  /** Emits an event soon, if it is still true by then. */
  #seen(event: PromotionEvent, isTrue: () => boolean = () => true): void {
    this.#later(40, () => {
      if (isTrue()) this.#emit(event);
    });
  }

  #fault(probability: number): boolean {
    return this.#isFaulty && this.#random.chance(probability);
  }
}
