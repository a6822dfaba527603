import type { CallerFate } from '../types/ending.js';
import { callerDone, finishWhenReleased } from './release.js';
import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';

type Releasing = StateOf<'releasing'>;

/** The same, with another fate of the caller, also in what is reported of a call. */
function withFate(state: Releasing, fate: CallerFate): Releasing {
  const { over } = state;
  return { ...state, fate, over: over.kind === 'call-end' ? { ...over, caller: fate } : over };
}

/** A caller who could not be hung up on must not be left alone: they get the AI back. */
function takeBack(state: Releasing, cause: unknown): Step {
  return {
    state: { ...withFate(state, 'returned'), caller: 'restoring' },
    effects: [{ type: 'note', cause }, { type: 'restore-caller' }, { type: 'set-limit', limit: 'releasing' }],
  };
}

/** A caller whom the AI can't take back must not be left alone either: their call is ended as the options ask for. */
function endCaller(state: Releasing, cause: unknown): Step {
  return {
    state: { ...withFate(state, 'stranded'), caller: 'ending' },
    effects: [{ type: 'note', cause }, { type: 'set-limit', limit: 'cold-transferring' }, { type: 'end-caller' }],
  };
}

/** A caller who comes back finds the AI as it was. */
const unhold = [{ type: 'unhold-caller' }] as const;

function troubled(state: Releasing, cause: unknown): Step {
  switch (state.caller) {
    case 'hanging-up':
      return takeBack(state, cause);
    case 'restoring':
      return endCaller(state, cause);
    case 'ending':
      return callerDone(state, [{ type: 'note', cause }, ...unhold]);
    case 'done':
      return { state, effects: [{ type: 'note', cause }] };
  }
}

function callerLeft(state: Releasing): Step {
  switch (state.caller) {
    case 'hanging-up':
      return callerDone(state, unhold);
    case 'restoring':
      return callerDone(withFate(state, 'left'), unhold);
    // A caller who is sent on leaves the room before that is reported as done.
    case 'ending':
      return { state: withFate(state, 'left'), effects: [] };
    case 'done':
      return { state, effects: [] };
  }
}

export const releasing: PhaseTable<'releasing'> = {
  'caller-restored': (state) => (state.caller === 'restoring' ? callerDone(state) : { state, effects: [] }),
  'caller-hung-up': (state) => (state.caller === 'hanging-up' ? callerDone(state, unhold) : { state, effects: [] }),
  'caller-ended': (state, { fate }) => {
    if (state.caller !== 'ending') return { state, effects: [] };
    return callerDone(withFate(state, fate), fate === 'cold-transferred' ? [] : unhold);
  },
  'caller-left': callerLeft,
  'cut-off': callerLeft,
  // A hold that fails when the caller is being returned already is no failure to return them.
  'caller-failed': (state, event) =>
    event.while === state.caller
      ? troubled(state, event.cause)
      : { state, effects: [{ type: 'note', cause: event.cause }] },
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'note', cause }] }),
  'attempt-closed': (state) => finishWhenReleased(state, []),
  'limit-reached': (state, { limit }) =>
    state.caller === 'done' ? { state, effects: [] } : troubled(state, new Error(`the ${limit} limit was reached`)),
};
