import type { PhaseTable } from '../state/transition-table.js';
import { applyPolicyAction } from './apply-policy-action.js';
import { cancel } from './cancel.js';
import { timedOut } from './release.js';
import { startNextStage } from './start-next-stage.js';

export const redirecting: PhaseTable<'redirecting'> = {
  ...cancel,
  resolved: (state, { plan: { stages, winner } }) => {
    const { ending, rest } = state;
    const launched = startNextStage({ ...state, stages, winner });
    if (launched === undefined) return applyPolicyAction(state, ending, rest);
    return { state: launched.state, effects: [{ type: 'clear-limit' }, ...launched.effects] };
  },
  unresolved: (state, { ending }) =>
    applyPolicyAction(state, state.ending, state.rest, [
      { type: 'add-warning', cause: new Error(`the redirect found no target: ${ending.status}`, { cause: ending }) },
    ]),
  'limit-reached': (state, { limit }) =>
    limit === 'total'
      ? timedOut(state)
      : applyPolicyAction(state, state.ending, state.rest, [
          { type: 'add-warning', cause: new Error('the redirect took too long') },
        ]),
};
