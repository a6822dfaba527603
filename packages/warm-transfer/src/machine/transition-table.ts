import type { Effect } from './effect.js';
import type { EventOf, EventType } from './event.js';
import type { Phase, StateOf, TransferState } from './state.js';

/** The next state, and what to do on the way there. */
export interface Step {
  readonly state: TransferState;
  readonly effects: readonly Effect[];
}

/** One entry per phase and event that means something in it. An event without an entry changes nothing. */
export type TransitionTable = {
  readonly [P in Phase]: { readonly [E in EventType]?: (state: StateOf<P>, event: EventOf<E>) => Step };
};
