import type { PhaseTable } from '../state/transition-table.js';
import { act } from './apply-policy-action.js';
import { callOff } from './cancel.js';
import { timedOut } from './release.js';
import { launch } from './start-next-stage.js';

export const redirecting: PhaseTable<'redirecting'> = {
  ...callOff,
  resolved: (state, { plan: { stages, winner } }) => {
    const { ending, rest } = state;
    const launched = launch({ ...state, stages, winner });
    if (launched === undefined) return act(state, ending, rest);
    return { state: launched.state, effects: [{ type: 'clear-limit' }, ...launched.effects] };
  },
  unresolved: (state, { ending }) =>
    act(state, state.ending, state.rest, [
      { type: 'note', cause: new Error(`redirected in vain: ${ending.status}`, { cause: ending }) },
    ]),
  'limit-reached': (state, { limit }) =>
    limit === 'total'
      ? timedOut(state)
      : act(state, state.ending, state.rest, [{ type: 'note', cause: new Error('the redirect took too long') }]),
};
