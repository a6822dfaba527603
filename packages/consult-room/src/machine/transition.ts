import type { Request } from './effect.js';
import type { StrategyEvent, TableEvent } from './event.js';
import { apart } from './apart.js';
import { ended } from './ended.js';
import { bridged, moved, promoted, promoting } from './merged.js';
import { bridging, moving, proving } from './merging.js';
import { undoing } from './undoing.js';
import type { StrategyState } from './state.js';
import { forget, noneToCome, step } from './step.js';
import type { Step, StrategyTable } from './step.js';

export const strategyTable: StrategyTable = Object.freeze({
  apart,
  moving,
  bridging,
  proving,
  undoing,
  bridged,
  promoting,
  moved,
  promoted,
  ended,
});

/**
 * Decides who is joined with whom, and by which way: pure and total. Whatever is reported in whatever order, the answer is
 * a state and the work that follows from it. An answer that no request waits for changes nothing.
 */
export function transition(state: StrategyState, event: StrategyEvent, table: StrategyTable = strategyTable): Step {
  if (event.type === 'close') {
    const closed = { ...state, links: { ...state.links, closed: true } };
    return transition(closed, { type: 'caller-lost', end: { cause: 'closed' } }, table);
  }
  if (event.type === 'landing-over') return handle({ ...state, links: noneToCome(state.links) }, event, table);
  if (!('id' in event)) return handle(state, event, table);
  const request = requestOf[event.type];
  if (state.links.awaiting[request] !== event.id) return step(state);
  return handle({ ...state, links: forget(state.links, request) }, event, table);
}

function handle(state: StrategyState, event: TableEvent, table: StrategyTable): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as ((state: StrategyState, event: TableEvent) => Step) | undefined;
  return handler === undefined ? step(state) : handler(state, event);
}

const requestOf: Readonly<Record<Extract<StrategyEvent, { readonly id: number }>['type'], Request>> = {
  'bridge-proven': 'open-bridge',
  'bridge-failed': 'open-bridge',
  'move-answered': 'move',
  'move-proven': 'prove-move',
  'move-unproven': 'prove-move',
  'move-back-answered': 'move-back',
  'human-removed': 'remove',
  'promotion-ended': 'promote',
};
