import { defaultLimits } from '../../../src/options/limits.js';
import type { AttemptState } from '../../../src/machine/attempt/attempt-state.js';
import type { CallerDisposition } from '../../../src/machine/types/ending.js';
import type { TransferEvent } from '../../../src/machine/state/event.js';
import type { Setup } from '../../../src/machine/types/plan.js';
import type { TransferState } from '../../../src/machine/state/state.js';
import type { Step } from '../../../src/machine/state/transition-table.js';
import type { TransferResult } from '../../../src/runtime/transfer-runner.js';
import type { FakeAttempt, FakePorts } from '../../../src/testing.js';
import { Ledger } from './timer-invariants.js';

/** Watches one transfer and writes down every contract that it breaks. */
export class Witness {
  readonly broken: string[] = [];
  readonly #ports: FakePorts;
  readonly #setup: Setup;
  readonly #faulty: ReadonlySet<string>;
  readonly #ledger: Ledger = new Ledger();
  readonly #endings: Map<string, string> = new Map();
  #settles = 0;
  #finishes = 0;
  #settlement: TransferResult | undefined;
  #releasedAt: number | undefined;
  #endedAt: number | undefined;
  #state: TransferState = { phase: 'idle' };
  #first: string | undefined;
  #disposition: CallerDisposition | undefined;

  constructor(ports: FakePorts, setup: Setup, faulty: ReadonlySet<string>) {
    this.#ports = ports;
    this.#setup = setup;
    this.#faulty = faulty;
  }

  get isOver(): boolean {
    return this.#endedAt !== undefined;
  }

  /** Passes a step on. */
  step(before: TransferState, event: TransferEvent, step: Step): Step {
    const now = this.#ports.clock.now();
    const { state, effects } = step;
    this.#state = state;
    for (const wrong of this.#ledger.check(before, event, step)) this.#expect(false, wrong);
    for (const effect of effects) {
      if (effect.type === 'set-outcome') this.#settles += 1;
      if (effect.type === 'finish') this.#finishes += 1;
      if (effect.type === 'merge') this.#expect(this.#attempt(effect.attemptId)?.accepted === true, 'merged unasked');
      if (effect.type === 'dial') this.#expect(before.phase === 'attempting', `dialed while ${before.phase}`);
    }
    if ('disposition' in state) this.#disposition = state.disposition;
    if ('attempts' in state) for (const [id, attempt] of Object.entries(state.attempts)) this.#see(id, attempt);
    if (state.phase === 'releasing' && before.phase !== 'releasing') {
      this.#releasedAt = now;
      if (state.over.kind === 'ending') this.#first = state.over.status;
    }
    if (before.phase === 'ended') this.#expect(state === before && effects.length === 0, `${event.type} after the end`);
    return step;
  }

  settled(settlement: TransferResult): void {
    this.#settlement = settlement;
    const { callerHeld, holdPlaying, clock } = this.#ports;
    if (settlement.kind === 'connected') {
      this.#expect(this.#ports.bridged, 'connected, and nothing joins the two');
      this.#expect(!holdPlaying || this.#faulty.has('hold.stop'), 'connected, and hold audio plays on');
      return;
    }
    const { caller, ending } = settlement;
    if (this.#first !== undefined) this.#expect(ending.status === this.#first, 'a later cause became the outcome');
    if (ending.status === 'busy') this.#expect(ending.sipStatusCode === 486, 'the SIP status was lost');
    if (caller === 'returned') {
      this.#expect(!callerHeld, 'the caller was said to be back, and is held');
      this.#expect(!holdPlaying || this.#faulty.has('hold.stop'), 'hold audio plays to a caller who is back');
    }
    if (caller === 'stranded') {
      const excused = this.#has('caller.end') && (this.#ports.sessionClosed || this.#faulty.has('caller.restore'));
      this.#expect(excused, 'the caller was stranded');
    }
    if (ending.status === 'no-target' && this.#ports.attempts.length === 0) {
      this.#expect(!this.#ports.calls.includes('caller.hold'), 'held for nobody');
    }
    if (this.#releasedAt !== undefined) {
      const allowed =
        defaultLimits.releasingMs +
        (this.#faulty.has('caller.hangUp') ? defaultLimits.hangingUpMs : 0) +
        (this.#faulty.has('caller.end') ? defaultLimits.coldTransferringMs : 0);
      this.#expect(clock.now() - this.#releasedAt <= allowed, 'the caller waited for the AI');
    }
    this.#expect(clock.now() <= defaultLimits.totalMs + 10_000, 'it took longer than the whole may');
  }

  ended(): void {
    this.#endedAt = this.#ports.clock.now();
  }

  /** Checks that hold at any moment. */
  look(answered: ReadonlySet<FakeAttempt>): void {
    const { attempts } = this.#ports;
    const targets = attempts.map(({ target, callerId }) => `${target} as ${callerId}`);
    this.#expect(new Set(targets).size === targets.length, 'a phone was called twice');
    this.#expect(attempts.length <= this.#setup.maxAttempts, 'more attempts than allowed');
    this.#expect(attempts.filter(({ bridged }) => bridged).length <= 1, 'two people had the caller');
    for (const attempt of attempts) this.#expect(!attempt.bridged || attempt.accepted, 'heard before the accept');
    for (const { attemptId } of attempts) {
      if (this.#state.phase !== 'connected' || this.#state.attemptId === attemptId) continue;
      const other = this.#attempt(attemptId);
      const excused = other === undefined || answered.has(other) || this.#excused(attemptId);
      this.#expect(excused || !other.phoneBusy, 'another phone rings on');
    }
    const { callerHeld } = this.#ports;
    const early = !attempts.some(({ accepted }) => accepted) && this.#setup.holdCallerOn === 'accept';
    this.#expect(!(early && callerHeld), 'held before the accept');
  }

  /** Cancel means cancel. */
  expectNoPhoneRings(answered: ReadonlySet<FakeAttempt>): void {
    if (this.#settlement?.kind === 'connected' || this.#state.phase === 'connected') return;
    if (this.#state.phase === 'cold-transferring') return;
    for (const attempt of this.#ports.attempts) {
      const excused = answered.has(attempt) || this.#excused(attempt.attemptId);
      this.#expect(excused || !attempt.phoneBusy, 'a phone rings on after the cancel');
    }
  }

  /** Checks that hold when time is up. */
  conclude(answered: ReadonlySet<FakeAttempt>): void {
    const { clock, watchers, holdPlaying, callerHeld } = this.#ports;
    this.#expect(this.#settles === 1, `settled ${this.#settles} times`);
    this.#expect(this.#finishes === 1, `finished ${this.#finishes} times`);
    this.#expect(this.#endedAt !== undefined, 'it never ended');
    this.#expect(clock.pending === 0, `${clock.pending} timers are left`);
    this.#expect(watchers === 0, `${watchers} watchers are left`);
    this.#expect(!holdPlaying || this.#has('hold.close', 'hold.stop'), 'hold audio plays for ever');
    const gone = this.#disposition === 'cold-transferred';
    this.#expect(!callerHeld || gone || this.#has('caller.restore', 'caller.unhold'), 'the AI is deaf for ever');
    for (const attempt of this.#ports.attempts) this.#concludeAttempt(attempt, answered.has(attempt));
  }

  #concludeAttempt(attempt: FakeAttempt, answered: boolean): void {
    const { attemptId, roomOpen, phoneBusy, bridged, said } = attempt;
    this.#expect(!roomOpen || this.#of(attemptId, 'consult.close'), 'a room is left');
    this.#expect(!phoneBusy || this.#of(attemptId, 'consult.close'), 'a phone is left');
    this.#expect(!bridged || this.#of(attemptId, 'merge.close', 'merge.merge'), 'a bridge is left');
    this.#expect(said.length <= 1, 'more than one farewell');
    const wordless = this.#of(
      attemptId,
      'briefing.say',
      'merge.close',
      'dialer.dial',
      'briefing.start',
      'consult.open',
    );
    if (this.#endings.get(attemptId) === 'answered-elsewhere' && answered && !wordless && !attempt.left) {
      this.#expect(said[0] === 'answered-elsewhere', 'whoever had answered was not told that another took the call');
    }
  }

  #see(attemptId: string, attempt: AttemptState): void {
    if (attempt.phase === 'closing') this.#endings.set(attemptId, attempt.ending.status);
  }

  #attempt(attemptId: string): FakeAttempt | undefined {
    return this.#ports.attempts.find((attempt) => attempt.attemptId === attemptId);
  }

  /** Each stop of a phone passes these. */
  #excused(attemptId: string): boolean {
    return this.#of(attemptId, 'dialer.dial', 'consult.close', 'merge.close', 'briefing.close');
  }

  #of(attemptId: string, ...calls: string[]): boolean {
    return calls.some((call) => this.#faulty.has(`${attemptId}/${call}`));
  }

  #has(...calls: string[]): boolean {
    return calls.some((call) => this.#faulty.has(call));
  }

  #expect(kept: boolean, contract: string): void {
    if (!kept && !this.broken.includes(contract)) this.broken.push(contract);
  }
}
