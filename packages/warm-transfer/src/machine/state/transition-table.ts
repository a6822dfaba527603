import type { Effect } from '../types/effect.js';
import type { TableEventOf, TableEventType } from './event.js';
import type { Phase, StateOf, TransferState } from './state.js';

/** The next state, and what to do on the way there. */
export interface Step {
  readonly state: TransferState;
  readonly effects: readonly Effect[];
}

/** What one phase answers to the events that mean something in it. An event without an entry changes nothing. */
export type PhaseTable<P extends Phase> = {
  readonly [E in TableEventType]?: (state: StateOf<P>, event: TableEventOf<E>) => Step;
};

export type TransitionTable = { readonly [P in Phase]: PhaseTable<P> };
