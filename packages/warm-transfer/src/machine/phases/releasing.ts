import { callerDone, finishWhenReleased } from '../release.js';
import type { StateOf } from '../state.js';
import type { PhaseTable, Step } from '../transition-table.js';

/** Somebody who could not be hung up on must not be left alone: they get the AI back. */
function takeBack(state: StateOf<'releasing'>, cause: unknown): Step {
  const { over } = state;
  return {
    state: {
      ...state,
      caller: 'restoring',
      fate: 'returned',
      over: over.kind === 'call-end' ? { ...over, caller: 'returned' } : over,
    },
    effects: [{ type: 'note', cause }, { type: 'restore-caller' }, { type: 'set-limit', limit: 'releasing' }],
  };
}

function troubled(state: StateOf<'releasing'>, cause: unknown): Step {
  switch (state.caller) {
    case 'hanging-up':
      return takeBack(state, cause);
    case 'restoring':
      return callerDone(state, [{ type: 'note', cause }]);
    case 'done':
      return { state, effects: [{ type: 'note', cause }] };
  }
}

/** Whoever comes back finds the AI as it was. */
const restore = [{ type: 'restore-caller' }] as const;

function callerLeft(state: StateOf<'releasing'>): Step {
  switch (state.caller) {
    case 'hanging-up':
      return callerDone(state, restore);
    case 'restoring':
      return callerDone({ ...state, fate: 'left' });
    case 'done':
      return { state, effects: [] };
  }
}

export const releasing: PhaseTable<'releasing'> = {
  'caller-restored': (state) => (state.caller === 'restoring' ? callerDone(state) : { state, effects: [] }),
  'caller-hung-up': (state) => (state.caller === 'hanging-up' ? callerDone(state, restore) : { state, effects: [] }),
  'caller-left': callerLeft,
  'cut-off': callerLeft,
  'caller-failed': (state, { cause }) => troubled(state, cause),
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'note', cause }] }),
  'attempt-closed': (state) => finishWhenReleased(state, []),
  'limit-reached': (state, { limit }) =>
    state.caller === 'done' ? { state, effects: [] } : troubled(state, new Error(`the ${limit} limit was reached`)),
};
