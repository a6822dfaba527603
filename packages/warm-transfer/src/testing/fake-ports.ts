import { deferred, type Deferred } from '../deferred.js';
import type { LeaveHow } from '../machine/ending.js';
import type { Decision, DialReport, TransferPorts } from '../ports.js';
import { VirtualClock } from './virtual-clock.js';

/** The calls that a transfer makes to its ports. */
export type PortCall =
  | 'caller.hold'
  | 'caller.restore'
  | 'caller.hangUp'
  | 'hold.start'
  | 'hold.stop'
  | 'hold.close'
  | 'consult.open'
  | 'consult.join'
  | 'consult.close'
  | 'dialer.dial'
  | 'briefing.prepare'
  | 'briefing.brief'
  | 'briefing.say'
  | 'briefing.close'
  | 'merge.prepare'
  | 'merge.merge'
  | 'merge.close';

/** How a port call goes wrong: it throws at once, rejects later, or never settles. */
export type PortFault = 'throw' | 'reject' | 'hang';

/** Ports that do as a test says, remember what they were asked, and can fail at any call. */
export class FakePorts implements TransferPorts {
  /** Calls in the order in which they came. */
  readonly calls: PortCall[] = [];
  readonly clock: VirtualClock = new VirtualClock();
  readonly #faults: ReadonlyMap<PortCall, PortFault>;
  readonly #dial: Deferred<DialReport> = deferred();
  readonly #decision: Deferred<Decision> = deferred();
  #onCallerLeft: Set<() => void> = new Set();
  #onHumanLeft: Set<(how: LeaveHow) => void> = new Set();
  #onMergeLost: Set<(cause: unknown) => void> = new Set();
  #onRinging: () => void = () => undefined;
  /** Whether the caller is there. */
  callerPresent = true;
  /** Whether the caller is apart from the AI. */
  callerHeld = false;
  /** Whether hold audio plays. */
  holdPlaying = false;
  /** Whether the consult room exists. */
  roomOpen = false;
  /** Whether the phone rings or is on a call. */
  phoneBusy = false;
  /** Whether audio passes between the rooms. */
  bridged = false;
  /** Farewells that the human agent heard. */
  readonly said: string[] = [];

  constructor(faults: Partial<Record<PortCall, PortFault>> = {}) {
    this.#faults = new Map(Object.entries(faults) as [PortCall, PortFault][]);
  }

  /** Watches that nobody has ended. */
  get watchers(): number {
    return this.#onCallerLeft.size + this.#onHumanLeft.size + this.#onMergeLost.size;
  }

  callerLeaves(): void {
    this.callerPresent = false;
    for (const listener of this.#onCallerLeft) listener();
  }

  humanLeaves(how: LeaveHow): void {
    this.phoneBusy = false;
    for (const listener of this.#onHumanLeft) listener(how);
  }

  mergeBreaks(cause: unknown): void {
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
    this.#decision.resolve(decision);
  }

  readonly caller = {
    present: (): boolean => this.callerPresent,
    onLeft: (listener: () => void): (() => void) => listen(this.#onCallerLeft, listener),
    hold: (): Promise<void> => this.#called('caller.hold', () => (this.callerHeld = true)),
    restore: (): Promise<void> => this.#called('caller.restore', () => (this.callerHeld = false)),
    hangUp: (): Promise<void> => this.#called('caller.hangUp', () => this.callerLeaves()),
  };

  readonly hold = {
    start: (): Promise<void> => this.#called('hold.start', () => (this.holdPlaying = true)),
    stop: (): Promise<void> => this.#called('hold.stop', () => (this.holdPlaying = false)),
    close: (): Promise<void> => this.#called('hold.close', () => (this.holdPlaying = false)),
  };

  readonly consult = {
    open: (): Promise<void> => this.#called('consult.open', () => (this.roomOpen = true)),
    join: (): Promise<void> => this.#called('consult.join'),
    onHumanLeft: (listener: (how: LeaveHow) => void): (() => void) => listen(this.#onHumanLeft, listener),
    close: (): Promise<void> =>
      this.#called('consult.close', () => {
        this.roomOpen = false;
        this.phoneBusy = false;
      }),
  };

  readonly dialer = {
    dial: async ({ signal, onRinging }: { signal: AbortSignal; onRinging: () => void }): Promise<DialReport> => {
      this.#onRinging = onRinging;
      this.phoneBusy = true;
      signal.addEventListener('abort', () => this.dialReports({ type: 'canceled' }), { once: true });
      await this.#called('dialer.dial');
      return this.#dial.promise;
    },
  };

  readonly briefing = {
    prepare: (): Promise<void> => this.#called('briefing.prepare'),
    brief: async (): Promise<Decision> => {
      await this.#called('briefing.brief');
      return this.#decision.promise;
    },
    say: (farewell: string): Promise<void> => this.#called('briefing.say', () => this.said.push(farewell)),
    close: (): Promise<void> => this.#called('briefing.close', () => this.#decision.resolve({ type: 'canceled' })),
  };

  readonly merge = {
    prepare: (): Promise<void> => this.#called('merge.prepare'),
    merge: (): Promise<void> => this.#called('merge.merge', () => (this.bridged = true)),
    onLost: (listener: (cause: unknown) => void): (() => void) => listen(this.#onMergeLost, listener),
    close: (): Promise<void> => this.#called('merge.close', () => (this.bridged = false)),
  };

  #called(call: PortCall, effect: () => unknown = () => undefined): Promise<void> {
    this.calls.push(call);
    const fault = this.#faults.get(call);
    if (fault === 'throw') throw new Error(`${call} threw`);
    if (fault === 'reject') return Promise.reject(new Error(`${call} rejected`));
    if (fault === 'hang') return new Promise(() => undefined);
    effect();
    return Promise.resolve();
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
