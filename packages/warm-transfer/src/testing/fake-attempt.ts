import { type Deferred, deferred } from '@org/support';
import type { DisconnectCause } from '../machine/types/ending.js';
import type { AttemptPorts, Decision, DialReport } from '../runtime/ports.js';
import { type FaultyCalls, listen, type PortCall } from './port-faults.js';

/** Ports of one attempt that a test controls. */
export class FakeAttempt implements AttemptPorts {
  readonly target: string;
  readonly attemptId: string;
  /** Overrides the caller ID of the options. */
  readonly callerId: 'trunk' | undefined;
  readonly #calls: FaultyCalls;
  readonly #dial: Deferred<DialReport> = deferred();
  readonly #decision: Deferred<Decision> = deferred();
  readonly #onConsultLost: Set<(cause: unknown) => void> = new Set();
  readonly #onHumanLeft: Set<(how: DisconnectCause) => void> = new Set();
  readonly #onMergeLost: Set<(cause: unknown) => void> = new Set();
  #onRinging: () => void = () => undefined;
  /** Whether the consult room exists. */
  roomOpen = false;
  /** Whether the phone rings or is in a call. */
  phoneBusy = false;
  /** Whether audio passes between the rooms. */
  bridged = false;
  /** Whether the human agent has accepted. */
  accepted = false;
  /** Whether the human agent has left. */
  left = false;
  /** Farewells that the human agent heard. */
  readonly said: string[] = [];

  constructor(target: string, attemptId: string, calls: FaultyCalls, callerId?: 'trunk') {
    this.target = target;
    this.attemptId = attemptId;
    this.callerId = callerId;
    this.#calls = calls;
  }

  /** Number of listeners that were not removed. */
  get watchers(): number {
    return this.#onHumanLeft.size + this.#onConsultLost.size + this.#onMergeLost.size;
  }

  humanLeaves(how: DisconnectCause): void {
    this.left = true;
    this.phoneBusy = false;
    for (const listener of this.#onHumanLeft) listener(how);
  }

  consultLost(cause: unknown): void {
    for (const listener of this.#onConsultLost) listener(cause);
  }

  mergeBreaks(cause: unknown): void {
    this.bridged = false;
    for (const listener of this.#onMergeLost) listener(cause);
  }

  phoneRings(): void {
    this.#onRinging();
  }

  dialReports(report: DialReport): void {
    this.phoneBusy = report.type === 'answered';
    this.#dial.resolve(report);
  }

  humanDecides(decision: Decision): void {
    if (decision.type === 'accepted') this.accepted = true;
    this.#decision.resolve(decision);
  }

  readonly consult = {
    open: (signal: AbortSignal): Promise<void> =>
      this.#called('consult.open', () => {
        this.roomOpen = !signal.aborted;
      }),
    join: (): Promise<void> => this.#called('consult.join'),
    onHumanLeft: (listener: (how: DisconnectCause) => void): (() => void) => listen(this.#onHumanLeft, listener),
    onLost: (listener: (cause: unknown) => void): (() => void) => listen(this.#onConsultLost, listener),
    close: (): Promise<void> =>
      this.#called('consult.close', () => {
        this.roomOpen = false;
        this.phoneBusy = false;
      }),
  };

  readonly dialer = {
    dial: async ({ signal, onRinging }: { signal: AbortSignal; onRinging: () => void }): Promise<DialReport> => {
      this.#onRinging = onRinging;
      const dialed = this.#called('dialer.dial');
      this.phoneBusy = true;
      signal.addEventListener('abort', () => this.dialReports({ type: 'canceled' }), { once: true });
      await dialed;
      return this.#dial.promise;
    },
  };

  readonly briefing = {
    start: (): Promise<void> => this.#called('briefing.start'),
    brief: async (): Promise<Decision> => {
      await this.#called('briefing.brief');
      return this.#decision.promise;
    },
    say: (farewell: string): Promise<void> => this.#called('briefing.say', () => void this.said.push(farewell)),
    transcript: (): readonly [] => [],
    close: (): Promise<void> => this.#called('briefing.close', () => this.#decision.resolve({ type: 'canceled' })),
  };

  readonly merge = {
    publishTracks: (): Promise<void> => this.#called('merge.publishTracks'),
    merge: (signal: AbortSignal): Promise<void> =>
      this.#called('merge.merge', () => {
        // As the contract of the port requires: nothing is forwarded after an abort.
        this.bridged = !signal.aborted;
      }),
    call: undefined,
    onHumanLeft: (listener: (how: DisconnectCause) => void): (() => void) => listen(this.#onHumanLeft, listener),
    onMergeLost: (listener: (cause: unknown) => void): (() => void) => listen(this.#onMergeLost, listener),
    close: (): Promise<void> =>
      this.#called('merge.close', () => {
        this.bridged = false;
      }),
  };

  #called(call: PortCall, effect: () => void = () => undefined): Promise<void> {
    return this.#calls.make(call, effect, this.attemptId);
  }
}
