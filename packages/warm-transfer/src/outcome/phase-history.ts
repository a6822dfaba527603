import type { TransferState } from '../machine/state/state.js';
import type { TransferTimings } from './outcome.js';
import { getStatus, type TransferPhase, type TransferPhaseEvent } from './transfer-phase.js';

type Mark = Exclude<keyof TransferTimings, 'startedAt' | 'settledAt' | 'phasesMs'>;

const marks: Partial<Record<TransferPhase, Mark>> = {
  dialing: 'dialingAt',
  ringing: 'ringingAt',
  briefing: 'answeredAt',
  merging: 'acceptedAt',
  connected: 'mergedAt',
};

/** Converts changes of state to the events and timings for the user. */
export class PhaseHistory {
  readonly #startedAt: number;
  readonly #transferId: string;
  readonly #timings: Partial<Record<Mark, number>> = {};
  readonly #phasesMs: Partial<Record<TransferPhase, number>> = {};
  #last: { readonly phase: TransferPhase; readonly attemptId?: string; readonly since: number };

  constructor(transferId: string, startedAt: number) {
    this.#transferId = transferId;
    this.#startedAt = startedAt;
    this.#last = { phase: 'idle', since: startedAt };
  }

  /** Returns the event of a state, unless the phase is unchanged. */
  onState(state: TransferState, at: number): TransferPhaseEvent | undefined {
    const status = getStatus(state);
    const { phase, attemptId } = status;
    if (phase === this.#last.phase && attemptId === this.#last.attemptId) return undefined;
    this.#count(at);
    this.#last = { phase, since: at, ...(attemptId === undefined ? {} : { attemptId }) };
    const mark = marks[phase];
    if (mark !== undefined) this.#timings[mark] ??= at;
    return { transferId: this.#transferId, at, ...status };
  }

  timings(settledAt: number): TransferTimings {
    this.#count(settledAt);
    this.#last = { ...this.#last, since: settledAt };
    return { startedAt: this.#startedAt, ...this.#timings, settledAt, phasesMs: { ...this.#phasesMs } };
  }

  #count(at: number): void {
    const { phase, since } = this.#last;
    if (phase === 'idle') return;
    this.#phasesMs[phase] = (this.#phasesMs[phase] ?? 0) + at - since;
  }
}
