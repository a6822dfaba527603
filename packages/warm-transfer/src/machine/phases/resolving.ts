import type { PhaseTable } from '../state/transition-table.js';
import { askPolicy } from './apply-policy-action.js';
import { cancel } from './cancel.js';
import { timedOut } from './release.js';
import { startNextStage } from './start-next-stage.js';

export const resolving: PhaseTable<'resolving'> = {
  ...cancel,
  resolved: (state, { plan: { stages, winner } }) => {
    const launched = startNextStage({ ...state, stages, winner });
    if (launched === undefined) return askPolicy(state, { kind: 'ending', status: 'no-target', why: 'empty' });
    return { state: launched.state, effects: [{ type: 'clear-limit' }, ...launched.effects] };
  },
  unresolved: (state, { ending }) => askPolicy(state, ending),
  'limit-reached': (state, { limit }) =>
    limit === 'total' ? timedOut(state) : askPolicy(state, { kind: 'ending', status: 'no-target', why: 'late' }),
};
