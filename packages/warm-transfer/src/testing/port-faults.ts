import type { ClockPort } from '../runtime/ports.js';

/** The calls that a transfer makes to its ports. */
export type PortCall =
  | 'caller.hold'
  | 'caller.restore'
  | 'caller.unhold'
  | 'caller.end'
  | 'caller.hangUp'
  | 'caller.coldTransfer'
  | 'hold.start'
  | 'hold.stop'
  | 'hold.close'
  | 'targets.resolve'
  | 'policy.decide'
  | 'attempt'
  | 'consult.open'
  | 'consult.join'
  | 'consult.close'
  | 'dialer.dial'
  | 'briefing.start'
  | 'briefing.brief'
  | 'briefing.say'
  | 'briefing.close'
  | 'merge.publishTracks'
  | 'merge.merge'
  | 'merge.close';

/** How a port call fails: it throws synchronously, rejects, never settles, or succeeds after `lateMs`. */
export type PortFault = 'throw' | 'reject' | 'hang' | { readonly lateMs: number };

/** The calls that fail. */
export type PortFaults =
  | Partial<Record<PortCall, PortFault>>
  | ((call: PortCall, attemptId?: string) => PortFault | undefined);

/** Records calls, and runs their effects unless they should fail. */
export class FaultyCalls {
  /** Calls in order. */
  readonly made: PortCall[] = [];
  readonly #faults: PortFaults;
  readonly #clock: ClockPort;

  #last: PortFault | undefined;

  constructor(faults: PortFaults, clock: ClockPort) {
    this.#faults = faults;
    this.#clock = clock;
  }

  make<T>(call: PortCall, effect: () => T, attemptId?: string): Promise<T> {
    this.made.push(call);
    const fault = this.#faultOf(call, attemptId);
    this.#last = fault;
    if (fault === undefined) return new Promise((resolve) => resolve(effect()));
    if (fault === 'throw') throw new Error(`${call} threw`);
    if (fault === 'reject') return Promise.reject(new Error(`${call} rejected`));
    if (fault === 'hang') return new Promise(() => undefined);
    const late = new Promise<void>((resolve) => {
      this.#clock.after(fault.lateMs, resolve);
    });
    return late.then(effect);
  }

  /** Whether the last call failed. */
  get lastWentWrong(): boolean {
    return this.#last !== undefined;
  }

  #faultOf(call: PortCall, attemptId: string | undefined): PortFault | undefined {
    return typeof this.#faults === 'function' ? this.#faults(call, attemptId) : this.#faults[call];
  }
}

/** Adds a listener; returns a function that removes it. */
export function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
