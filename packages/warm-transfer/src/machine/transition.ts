import type { TransferEvent } from './event.js';
import type { TransferState } from './state.js';
import type { Step, TransitionTable } from './transition-table.js';
import { transitions } from './transitions.js';

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
