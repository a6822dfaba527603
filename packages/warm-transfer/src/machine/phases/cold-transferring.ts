import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';
import { applyPolicyAction } from './apply-policy-action.js';
import { cancel } from './cancel.js';
import { release, timedOut } from './release.js';

function notTransferred(state: StateOf<'cold-transferring'>, cause: unknown): Step {
  if (!state.callerGone) return applyPolicyAction(state, state.ending, state.rest, [{ type: 'add-warning', cause }]);
  const gone = release(state, { kind: 'ending', status: 'caller-left' }, { disposition: 'left' });
  return { state: gone.state, effects: [{ type: 'add-warning', cause }, ...gone.effects] };
}

export const coldTransferring: PhaseTable<'cold-transferring'> = {
  ...cancel,
  'cold-transferred': (state) => release(state, state.ending, { disposition: 'cold-transferred' }),
  'cold-transfer-failed': (state, { cause }) => notTransferred(state, cause),
  // The transfer cannot be undone; its result is known soon.
  aborted: (state, event) => {
    if (!state.callerGone) return cancel.aborted(state, event);
    return { state, effects: [{ type: 'add-warning', cause: event.cause }] };
  },
  // A transferred caller leaves the room before the success is reported.
  'caller-left': (state) => ({ state: { ...state, callerGone: true }, effects: [] }),
  'limit-reached': (state, { limit }) =>
    limit === 'total' ? timedOut(state) : notTransferred(state, new Error('the cold transfer took too long')),
};
