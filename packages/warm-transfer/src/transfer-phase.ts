import {
  callerStateOf,
  humanAgentStateOf,
  type CallerState,
  type HumanAgentState,
  type TransferState,
} from './machine/state.js';
import type { TransferTimings } from './outcome.js';

/** Where a transfer stands, as told to its user. `ringing` is `dialing` with a phone that rings. */
export type TransferPhase = Exclude<TransferState['phase'], 'idle'> | 'ringing';

export interface TransferPhaseEvent {
  readonly transferId: string;
  readonly phase: TransferPhase;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly caller: CallerState;
  readonly humanAgent: HumanAgentState;
}

function phaseOf(state: TransferState): TransferPhase | undefined {
  switch (state.phase) {
    case 'idle':
      return undefined;
    case 'dialing':
      return state.ringing ? 'ringing' : 'dialing';
    case 'opening':
    case 'briefing':
    case 'merging':
    case 'connected':
    case 'releasing':
    case 'ended':
      return state.phase;
  }
}

type Mark = Exclude<keyof TransferTimings, 'startedAt' | 'settledAt'>;

const marks: Partial<Record<TransferPhase, Mark>> = {
  dialing: 'dialingAt',
  ringing: 'ringingAt',
  briefing: 'answeredAt',
  merging: 'acceptedAt',
  connected: 'mergedAt',
};

/** Turns changes of state into the events and timings that a user sees. */
export class PhaseLog {
  readonly #startedAt: number;
  readonly #transferId: string;
  readonly #timings: Partial<Record<Mark, number>> = {};
  #last: TransferPhase | undefined;

  constructor(transferId: string, startedAt: number) {
    this.#transferId = transferId;
    this.#startedAt = startedAt;
  }

  /** The event to tell, unless the phase is still the same. */
  enter(state: TransferState, at: number): TransferPhaseEvent | undefined {
    const phase = phaseOf(state);
    if (phase === undefined || phase === this.#last) return undefined;
    this.#last = phase;
    const mark = marks[phase];
    if (mark !== undefined) this.#timings[mark] ??= at;
    return {
      transferId: this.#transferId,
      phase,
      at,
      caller: callerStateOf(state),
      humanAgent: humanAgentStateOf(state),
    };
  }

  timings(settledAt: number): TransferTimings {
    return { startedAt: this.#startedAt, ...this.#timings, settledAt };
  }
}
