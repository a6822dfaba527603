import { askPolicy } from './apply-policy-action.js';
import { timedOut } from './release.js';
import { stopAttempts } from './stop-attempts.js';
import type { PhaseTable } from '../state/transition-table.js';
import { cancel } from './cancel.js';

export const merging: PhaseTable<'merging'> = {
  ...cancel,
  'attempt-merged': (state, { attemptId, humanIdentity }) => ({
    state: { ...state, phase: 'connected' },
    effects: [
      { type: 'stop-hold' },
      { type: 'clear-limit' },
      { type: 'clear-total' },
      { type: 'set-outcome', outcome: { kind: 'connected', attemptId, humanIdentity } },
    ],
  }),
  'attempt-over': (state, { ending }) => askPolicy(state, ending),
  'limit-reached': (state, { limit }) => {
    if (limit === 'total') return timedOut(state);
    const ending = { kind: 'ending', status: 'timed-out', limit } as const;
    const { attempts, effects } = stopAttempts(
      state.attempts,
      (attemptId) => attemptId === state.attemptId,
      ending,
      'merge-failed',
    );
    return askPolicy({ ...state, attempts }, ending, effects);
  },
};
