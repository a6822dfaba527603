import type { DisconnectCause } from '../machine/types/ending.js';
import type { Plan } from '../machine/types/plan.js';
import type { PolicyAction } from '../machine/types/policy-action.js';
import type { PolicySubject } from '../machine/state/state.js';
import type { Decision, DialReport, Resolution, TransferPorts } from '../runtime/ports.js';
import { FakeAttempt } from './fake-attempt.js';
import { FaultyCalls, listen, type PortCall, type PortFaults } from './port-faults.js';
import { VirtualClock } from './virtual-clock.js';

/** Ports that a test controls, which record their calls and can fail at any call. */
export class FakePorts implements TransferPorts {
  readonly clock: VirtualClock = new VirtualClock();
  /** All attempts so far. The methods about a human agent act on the last one. */
  readonly attempts: FakeAttempt[] = [];
  readonly #calls: FaultyCalls;
  readonly #onCallerLeft: Set<() => void> = new Set();
  readonly #onAgentDisconnected: Set<(cause: unknown) => void> = new Set();
  readonly #onCallerCanceled: Set<() => void> = new Set();
  /** The targets to call, or the reason why there are none; a promise is awaited. */
  resolution: Resolution | Promise<Resolution> | ((department?: string) => Resolution | Promise<Resolution>) =
    onlyTarget('ada');
  /** Returns the actions after a failure; a promise is awaited. */
  decide: (ending: PolicySubject) => readonly PolicyAction[] | Promise<readonly PolicyAction[]> = () => [
    { type: 'next-target' },
  ];
  /** Whether the caller is present. */
  callerPresent = true;
  /** Whether the caller is on hold. */
  callerHeld = false;
  /** Whether the caller cannot be returned to the AI. */
  sessionClosed = false;
  /** The target of the cold transfer. */
  coldTransferredTo: string | undefined;
  /** Whether hold audio plays. */
  holdPlaying = false;

  constructor(faults: PortFaults = {}) {
    this.#calls = new FaultyCalls(faults, this.clock);
  }

  /** Calls in order. */
  get calls(): readonly PortCall[] {
    return this.#calls.made;
  }

  /** Number of listeners that were not removed. */
  get watchers(): number {
    const own = this.#onCallerLeft.size + this.#onAgentDisconnected.size + this.#onCallerCanceled.size;
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

  /** Disconnects the agent from the caller room. */
  agentDisconnects(cause: unknown): void {
    this.callerPresent = false;
    for (const listener of this.#onAgentDisconnected) listener(cause);
  }

  callerCancels(): void {
    for (const listener of this.#onCallerCanceled) listener();
  }

  humanLeaves(how: DisconnectCause): void {
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
    // Not awaited: only a throw is possible here, as the port is a plain function.
    this.#calls.make('attempt', () => undefined, attemptId).catch(() => undefined);
    this.attempts.push(attempt);
    return attempt;
  }

  readonly caller = {
    isPresent: (): boolean => this.callerPresent,
    onCallerLeft: (listener: () => void): (() => void) => listen(this.#onCallerLeft, listener),
    onAgentDisconnected: (listener: (cause: unknown) => void): (() => void) =>
      listen(this.#onAgentDisconnected, listener),
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
        this.coldTransferredTo = to;
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
    decide: (ending: PolicySubject): readonly PolicyAction[] | Promise<readonly PolicyAction[]> => {
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

/** Returns a plan of one target. */
export function onlyTarget(target: string): Resolution {
  const plan: Plan = { stages: [{ targets: [target] }], winner: 'answer' };
  return { type: 'resolved', plan };
}
