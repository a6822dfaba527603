import type { Effect } from './effect.js';
import type { EventOf, EventType, TransferEvent } from './event.js';
import type { Phase, StateOf, TransferState } from './state.js';
import { transitions } from './transitions.js';

/** The next state, and what to do on the way there. */
export interface Step {
  readonly state: TransferState;
  readonly effects: readonly Effect[];
}

/** One entry per phase and event that means something in it. An event without an entry changes nothing. */
export type TransitionTable = {
  readonly [P in Phase]: { readonly [E in EventType]?: (state: StateOf<P>, event: EventOf<E>) => Step };
};

/**
 * The whole logic of a transfer: pure, total, and blind to LiveKit.
 *
 * Whatever is reported in whatever order, the answer is a state and a list of effects; it never throws.
 */
export function transition(state: TransferState, event: TransferEvent, table: TransitionTable = transitions): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as ((state: TransferState, event: TransferEvent) => Step) | undefined;
  return handler === undefined ? { state, effects: [] } : handler(state, event);
}
