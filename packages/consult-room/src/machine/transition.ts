import { apart } from './apart.js';
import type { Request } from './effect.js';
import { ended } from './ended.js';
import type { StrategyEvent, TableEvent } from './event.js';
import { expectNoMove, forget } from './links.js';
import { bridged, moved, promoted, promoting } from './merged.js';
import { bridging, moving, verifying } from './merging.js';
import type { StrategyState } from './state.js';
import { type Step, step, type StrategyTable } from './step.js';
import { undoing } from './undoing.js';

export const strategyTable: StrategyTable = Object.freeze({
  apart,
  moving,
  bridging,
  verifying,
  undoing,
  bridged,
  promoting,
  moved,
  promoted,
  ended,
});

/**
 * Decides how caller and human agent are merged: pure and total. Whatever is reported in whatever order, the result is
 * a state and its effects. An answer that no request waits for changes nothing.
 */
export function transition(state: StrategyState, event: StrategyEvent, table: StrategyTable = strategyTable): Step {
  if (event.type === 'close') {
    const closed = { ...state, links: { ...state.links, closed: true } };
    return transition(closed, { type: 'caller-lost', end: { cause: 'closed' } }, table);
  }
  if (event.type === 'move-expired') return handle({ ...state, links: expectNoMove(state.links) }, event, table);
  if (!('id' in event)) return handle(state, event, table);
  const request = requestByAnswer[event.type];
  if (state.links.awaiting[request] !== event.id) return step(state);
  return handle({ ...state, links: forget(state.links, request) }, event, table);
}

function handle(state: StrategyState, event: TableEvent, table: StrategyTable): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as ((state: StrategyState, event: TableEvent) => Step) | undefined;
  return handler === undefined ? step(state) : handler(state, event);
}

const requestByAnswer: Readonly<Record<Extract<StrategyEvent, { readonly id: number }>['type'], Request>> = {
  'bridge-verified': 'open-bridge',
  'bridge-failed': 'open-bridge',
  'move-answered': 'move',
  'move-verified': 'verify-move',
  'move-unverified': 'verify-move',
  'move-back-answered': 'move-back',
  'human-removed': 'remove',
  'promotion-ended': 'promote',
};
