import type { Effect } from '../types/effect.js';
import type { TableEventOf, TableEventType } from './event.js';
import type { Phase, StateOf, TransferState } from './state.js';

/** The next state, and the effects of the transition. */
export interface Step {
  readonly state: TransferState;
  readonly effects: readonly Effect[];
}

/** The transitions of one phase, by event. An event without an entry changes nothing. */
export type PhaseTable<P extends Phase> = {
  readonly [E in TableEventType]?: (state: StateOf<P>, event: TableEventOf<E>) => Step;
};

export type TransitionTable = { readonly [P in Phase]: PhaseTable<P> };
