import type { PhaseTable } from '../state/transition-table.js';
import { applyPolicyAction } from './apply-policy-action.js';
import { cancel } from './cancel.js';
import { timedOut } from './release.js';

export const deciding: PhaseTable<'deciding'> = {
  ...cancel,
  decided: (state, { actions }) => applyPolicyAction(state, state.ending, actions),
  'decision-failed': (state, { cause }) => applyPolicyAction(state, state.ending, [], [{ type: 'add-warning', cause }]),
  'limit-reached': (state, { limit }) =>
    limit === 'total'
      ? timedOut(state)
      : applyPolicyAction(
          state,
          state.ending,
          [],
          [{ type: 'add-warning', cause: new Error('the policy took too long') }],
        ),
};
