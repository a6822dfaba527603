import { ConsultRoomError } from '../../../src/consult-room-error.ts';
import { failPromotion } from '../../../src/call/promotion.ts';
import type { ReferAnswer } from '../../../src/promotion/refer.ts';
import type { RejoinEvent } from '../../../src/promotion/promotion-event.ts';
import { rejoinLimits } from '../../../src/promotion/promotion-limits.ts';
import type { Clock } from '../virtual-clock.ts';
import type { Random } from '../random.ts';

/** How long a call that was placed takes to be seen in the room, at most. In milliseconds. */
const onItsWayMs = rejoinLimits['late-line-due'] - 50;

/** A phone, its gateway and the server's one-time number. They answer late, twice or never, and other than they do. */
export class PhoneWorld {
  number: 'none' | 'made' | 'removed' = 'none';
  oldLine = true;
  /** Who is in the caller's room by the number. */
  readonly lines = new Set<string>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #emit: (event: RejoinEvent) => void;
  readonly #isFaulty: boolean;
  #lines = 0;
  #isAnswered = false;

  constructor(clock: Clock, random: Random, emit: (event: RejoinEvent) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#emit = emit;
    this.#isFaulty = random.chance(0.6);
  }

  makeNumber(): void {
    const isMade = this.#random.chance(0.95);
    this.#later(this.#fault(0.2) ? 9_000 : 200, () => {
      if (isMade) this.number = 'made';
      const error = new ConsultRoomError('server', 'refused');
      this.#emit(
        isMade ? { type: 'number-made' } : { type: 'number-failed', failure: { ...failPromotion('server'), error } },
      );
    });
  }

  removeNumber(): void {
    this.#later(this.#fault(0.2) ? 9_000 : 100, () => {
      this.number = 'removed';
      this.#emit({ type: 'number-removed' });
    });
  }

  /** What the phone does, and what the gateway says of it, need not agree. */
  refer(): void {
    const follows = this.#random.chance(0.75);
    if (follows) this.#later(this.#fault(0.2) ? 20_000 : 1_500, () => this.#call());
    if (this.#fault(0.3)) this.#later(20_000, () => this.#answer(this.#anyFailure()));
    else if (!follows) this.#later(this.#random.pick([100, 15_000]), () => this.#answer(this.#refusal()));
    // Somebody who calls by the same number, or the phone does so twice.
    if (this.#random.chance(0.15)) this.#later(8_000, () => this.#call());
  }

  hangUp(): void {
    for (const identity of this.lines) this.#goes(identity);
    this.endOldLine();
  }

  endOldLine(): void {
    if (!this.oldLine) return;
    this.oldLine = false;
    this.#seen({ type: 'old-line-ended' });
  }

  remove(identity: string): void {
    this.#later(300, () => this.#goes(identity));
  }

  #call(): void {
    if (this.number !== 'made') {
      this.#answer({ how: 'failed', failure: { ...failPromotion('refused'), sipStatus: 404 } });
      return;
    }
    this.#lines += 1;
    // A phone that calls again comes under the identity that it had.
    const identity = this.#random.chance(0.5) ? 'phone' : `line-${this.#lines}`;
    this.#later(onItsWayMs, () => this.#come(identity));
  }

  #come(identity: string): void {
    // The server disconnects whoever is there under the same identity.
    if (this.lines.has(identity)) {
      this.lines.delete(identity);
      this.#emit({ type: 'line-gone', identity });
    }
    this.lines.add(identity);
    this.#emit({ type: 'line-came', identity, isTaken: this.#random.chance(0.04) });
    if (this.#random.chance(0.05)) this.#emit({ type: 'line-came', identity, isTaken: false });
    const activeMs = this.#random.whole(1, this.#fault(0.2) ? 6_000 : 500);
    this.#clock.after(activeMs, () => this.#activate(identity));
    if (this.#random.chance(0.3)) this.#later(6_000, () => this.#goes(identity));
  }

  #activate(identity: string): void {
    if (!this.lines.has(identity)) return;
    this.#emit({ type: 'line-active', identity });
    if (!this.#fault(0.3)) this.#answer({ how: 'called' });
    if (!this.#fault(0.3)) this.#later(1_200, () => this.endOldLine());
    if (this.#random.chance(0.8))
      this.#later(this.#random.pick([100, 400, 4_000]), () => {
        if (this.lines.has(identity)) this.#emit({ type: 'line-heard', identity });
      });
  }

  #goes(identity: string): void {
    if (this.lines.delete(identity)) this.#seen({ type: 'line-gone', identity }, () => !this.lines.has(identity));
  }

  #answer(answer: ReferAnswer): void {
    if (this.#isAnswered) return;
    this.#isAnswered = true;
    this.#later(200, () => this.#emit({ type: 'refer-answered', answer }));
  }

  #refusal(): ReferAnswer {
    return this.#random.chance(0.6)
      ? { how: 'failed', failure: { ...failPromotion('refused'), sipStatus: 603 } }
      : { how: 'failed', failure: failPromotion('no-answer') };
  }

  #anyFailure(): ReferAnswer {
    const unknown: ReferAnswer = { how: 'unknown', failure: failPromotion('no-answer') };
    return this.#random.chance(0.6) ? unknown : this.#refusal();
  }

  #later(withinMs: number, run: () => void): void {
    this.#clock.after(this.#random.whole(1, withinMs), run);
  }

  /** Soon, if it is still so by then. */
  #seen(event: RejoinEvent, isTrue: () => boolean = () => true): void {
    this.#later(40, () => {
      if (isTrue()) this.#emit(event);
    });
  }

  #fault(probability: number): boolean {
    return this.#isFaulty && this.#random.chance(probability);
  }
}
