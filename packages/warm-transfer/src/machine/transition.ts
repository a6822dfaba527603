import type { AttemptEvent } from './attempt/attempt-event.js';
import type { AttemptState } from './attempt/attempt-state.js';
import type { AttemptStep, AttemptTable } from './attempt/attempt-step.js';
import { attemptTransitions } from './attempt/attempt-transitions.js';
import type { AttemptLimit, TransferLimit } from './types/ending.js';
import type { TableEvent, TransferEvent } from './state/event.js';
import type { Phase, TransferState } from './state/state.js';
import type { Step, TransitionTable } from './state/transition-table.js';
import { transitions } from './transitions.js';

/** Both levels of the machine: the transfer, and each of its attempts. */
export interface Tables {
  readonly transfer: TransitionTable;
  readonly attempt: AttemptTable;
}

export const tables: Tables = Object.freeze({ transfer: transitions, attempt: attemptTransitions });

/**
 * The whole logic of a transfer: pure, total, and without any LiveKit type. For events in any order, the result is a
 * state and a list of effects; it never throws. An event of an attempt goes to the attempt; its report goes to the
 * transfer, in the same step.
 */
export function transition(state: TransferState, event: TransferEvent, { transfer, attempt }: Tables = tables): Step {
  if ('attemptId' in event) return attemptStep(state, event, attempt, transfer);
  if (event.type === 'limit-reached' && !limitsOf[state.phase].includes(event.limit)) return { state, effects: [] };
  return transferStep(state, event, transfer);
}

function transferStep(state: TransferState, event: TableEvent, table: TransitionTable): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as ((state: TransferState, event: TableEvent) => Step) | undefined;
  return handler === undefined ? { state, effects: [] } : handler(state, event);
}

function attemptStep(state: TransferState, event: AttemptEvent, table: AttemptTable, outer: TransitionTable): Step {
  const attempt = 'attempts' in state ? state.attempts[event.attemptId] : undefined;
  if (!('attempts' in state) || attempt === undefined) return { state, effects: [] };
  if (event.type === 'attempt-limit-reached' && attemptLimitOf[attempt.phase] !== event.limit)
    return { state, effects: [] };
  const handler = table[attempt.phase][event.type] as
    | ((state: AttemptState, event: AttemptEvent) => AttemptStep)
    | undefined;
  if (handler === undefined) return { state, effects: [] };
  const { state: after, effects, report } = handler(attempt, event);
  const attempts = { ...state.attempts, [event.attemptId]: after };
  if (after.phase === 'closed') delete attempts[event.attemptId];
  const next: TransferState = { ...state, attempts };
  if (report === undefined) return { state: next, effects };
  const reported = transferStep(next, report, outer);
  return { state: reported.state, effects: [...effects, ...reported.effects] };
}

/** The limits that can be reached in a phase; another one is too late and ignored. */
const limitsOf: Readonly<Record<Phase, readonly TransferLimit[]>> = {
  idle: [],
  resolving: ['resolving', 'total'],
  attempting: ['total'],
  deciding: ['deciding', 'total'],
  redirecting: ['redirecting', 'total'],
  'cold-transferring': ['cold-transferring', 'total'],
  merging: ['merging', 'total'],
  connected: [],
  releasing: ['releasing', 'hanging-up', 'cold-transferring'],
  ended: [],
};

const attemptLimitOf: Readonly<Partial<Record<AttemptState['phase'], AttemptLimit>>> = {
  opening: 'opening',
  dialing: 'dialing',
  briefing: 'briefing',
  closing: 'closing',
};
