import type { LeaveHow } from '../machine/types/ending.js';
import type { Plan } from '../machine/types/plan.js';
import type { PolicyAction } from '../machine/types/policy-action.js';
import type { Decidable } from '../machine/state/state.js';
import type { Decision, DialReport, Resolution, TransferPorts } from '../runtime/ports.js';
import { FakeAttempt } from './fake-attempt.js';
import { FaultyCalls, listen, type PortCall, type PortFaults } from './port-faults.js';
import { VirtualClock } from './virtual-clock.js';

/** Ports that do as a test says, remember what they were asked, and can fail at any call. */
export class FakePorts implements TransferPorts {
  readonly clock: VirtualClock = new VirtualClock();
  /** Every attempt so far. What this class does to a human agent, it does to the last of them. */
  readonly attempts: FakeAttempt[] = [];
  readonly #calls: FaultyCalls;
  readonly #onCallerLeft: Set<() => void> = new Set();
  readonly #onCutOff: Set<(cause: unknown) => void> = new Set();
  readonly #onCallerCanceled: Set<() => void> = new Set();
  /** Whom to call, or why there is nobody; a promise is waited for. */
  resolution: Resolution | Promise<Resolution> | ((department?: string) => Resolution | Promise<Resolution>) =
    onlyTarget('ada');
  /** What to do about an attempt that failed; a promise is waited for. */
  decide: (ending: Decidable) => readonly PolicyAction[] | Promise<readonly PolicyAction[]> = () => [
    { type: 'next-target' },
  ];
  /** Whether the caller is there. */
  callerPresent = true;
  /** Whether the caller is apart from the AI. */
  callerHeld = false;
  /** Whether the AI can't take the caller back. */
  sessionClosed = false;
  /** Whom the caller was sent on to. */
  callerSentTo: string | undefined;
  /** Whether hold audio plays. */
  holdPlaying = false;

  constructor(faults: PortFaults = {}) {
    this.#calls = new FaultyCalls(faults, this.clock);
  }

  /** Calls in the order in which they came. */
  get calls(): readonly PortCall[] {
    return this.#calls.made;
  }

  /** Watches that nobody has ended. */
  get watchers(): number {
    const own = this.#onCallerLeft.size + this.#onCutOff.size + this.#onCallerCanceled.size;
    return this.attempts.reduce((sum, { watchers }) => sum + watchers, own);
  }

  get roomOpen(): boolean {
    return this.attempts.some(({ roomOpen }) => roomOpen);
  }

  get phoneBusy(): boolean {
    return this.attempts.some(({ phoneBusy }) => phoneBusy);
  }

  get bridged(): boolean {
    return this.attempts.some(({ bridged }) => bridged);
  }

  /** Farewells that human agents heard. */
  get said(): readonly string[] {
    return this.attempts.flatMap(({ said }) => said);
  }

  callerLeaves(): void {
    this.callerPresent = false;
    for (const listener of this.#onCallerLeft) listener();
  }

  /** The agent loses the caller's room. */
  cutsOff(cause: unknown): void {
    this.callerPresent = false;
    for (const listener of this.#onCutOff) listener(cause);
  }

  callerCancels(): void {
    for (const listener of this.#onCallerCanceled) listener();
  }

  humanLeaves(how: LeaveHow): void {
    this.attempts.at(-1)?.humanLeaves(how);
  }

  mergeBreaks(cause: unknown): void {
    this.attempts.at(-1)?.mergeBreaks(cause);
  }

  phoneRings(): void {
    this.attempts.at(-1)?.phoneRings();
  }

  dialReports(report: DialReport): void {
    this.attempts.at(-1)?.dialReports(report);
  }

  humanDecides(decision: Decision): void {
    this.attempts.at(-1)?.humanDecides(decision);
  }

  attempt(target: string, attemptId: string, callerId?: 'trunk'): FakeAttempt {
    const attempt = new FakeAttempt(target, attemptId, this.#calls, callerId);
    // Not awaited: only a throw can go wrong here, as the port is a plain function.
    this.#calls.make('attempt', () => undefined, attemptId).catch(() => undefined);
    this.attempts.push(attempt);
    return attempt;
  }

  readonly caller = {
    present: (): boolean => this.callerPresent,
    onLeft: (listener: () => void): (() => void) => listen(this.#onCallerLeft, listener),
    onCutOff: (listener: (cause: unknown) => void): (() => void) => listen(this.#onCutOff, listener),
    onCanceled: (listener: () => void): (() => void) => listen(this.#onCallerCanceled, listener),
    hold: (): Promise<void> =>
      this.#calls.make('caller.hold', () => {
        this.callerHeld = true;
      }),
    restore: (): Promise<void> =>
      this.#calls.make('caller.restore', () => {
        if (this.sessionClosed) throw new Error('the session is closed');
        this.callerHeld = false;
      }),
    unhold: (): Promise<void> =>
      this.#calls.make('caller.unhold', () => {
        this.callerHeld = false;
      }),
    end: (): Promise<'left' | 'hung-up'> =>
      this.#calls.make('caller.end', () => {
        if (!this.callerPresent) return 'left';
        this.callerLeaves();
        return 'hung-up';
      }),
    hangUp: (): Promise<void> => this.#calls.make('caller.hangUp', () => this.callerLeaves()),
    coldTransfer: (to: string): Promise<void> =>
      this.#calls.make('caller.coldTransfer', () => {
        this.callerSentTo = to;
        this.callerLeaves();
      }),
  };

  readonly hold = {
    start: (signal: AbortSignal): Promise<void> => this.#playing('hold.start', () => !signal.aborted),
    stop: (): Promise<void> => this.#playing('hold.stop', () => false),
    close: (): Promise<void> => this.#playing('hold.close', () => false),
  };

  readonly targets = {
    resolve: (department: string | undefined): Resolution | Promise<Resolution> => {
      const answer = this.#calls.make('targets.resolve', () => undefined);
      const { resolution } = this;
      const resolved = typeof resolution === 'function' ? resolution(department) : resolution;
      return resolved instanceof Promise || this.#calls.lastWentWrong ? answer.then(() => resolved) : resolved;
    },
  };

  readonly policy = {
    decide: (ending: Decidable): readonly PolicyAction[] | Promise<readonly PolicyAction[]> => {
      const answer = this.#calls.make('policy.decide', () => undefined);
      return this.#calls.lastWentWrong ? answer.then(() => this.decide(ending)) : this.decide(ending);
    },
  };

  #playing(call: PortCall, playing: () => boolean): Promise<void> {
    return this.#calls.make(call, () => {
      this.holdPlaying = playing();
    });
  }
}

/** A plan of one target. */
export function onlyTarget(target: string): Resolution {
  const plan: Plan = { stages: [{ targets: [target] }], winner: 'answer' };
  return { type: 'resolved', plan };
}
