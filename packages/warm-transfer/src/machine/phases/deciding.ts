import type { PhaseTable } from '../state/transition-table.js';
import { act } from './apply-policy-action.js';
import { callOff } from './cancel.js';
import { timedOut } from './release.js';

export const deciding: PhaseTable<'deciding'> = {
  ...callOff,
  decided: (state, { actions }) => act(state, state.ending, actions),
  'decision-failed': (state, { cause }) => act(state, state.ending, [], [{ type: 'note', cause }]),
  'limit-reached': (state, { limit }) =>
    limit === 'total'
      ? timedOut(state)
      : act(state, state.ending, [], [{ type: 'note', cause: new Error('the policy took too long') }]),
};
