import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';
import { act } from './apply-policy-action.js';
import { callOff } from './cancel.js';
import { release, timedOut } from './release.js';

function notTransferred(state: StateOf<'cold-transferring'>, cause: unknown): Step {
  if (!state.callerGone) return act(state, state.ending, state.rest, [{ type: 'note', cause }]);
  const gone = release(state, { kind: 'ending', status: 'caller-left' }, { fate: 'left' });
  return { state: gone.state, effects: [{ type: 'note', cause }, ...gone.effects] };
}

export const coldTransferring: PhaseTable<'cold-transferring'> = {
  ...callOff,
  'cold-transferred': (state) => release(state, state.ending, { fate: 'cold-transferred' }),
  'cold-transfer-failed': (state, { cause }) => notTransferred(state, cause),
  // What has been done cannot be taken back; whether it went well is known soon.
  aborted: (state, event) => {
    if (!state.callerGone) return callOff.aborted(state, event);
    return { state, effects: [{ type: 'note', cause: event.cause }] };
  },
  // Somebody who is transferred leaves the room before we are told that it went well.
  'caller-left': (state) => ({ state: { ...state, callerGone: true }, effects: [] }),
  'limit-reached': (state, { limit }) =>
    limit === 'total' ? timedOut(state) : notTransferred(state, new Error('the cold transfer took too long')),
};
