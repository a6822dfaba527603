import type { CallerDisposition } from '../types/ending.js';
import { callerReleased, finishWhenReleased } from './release.js';
import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';

type Releasing = StateOf<'releasing'>;

/** Sets where the caller ended up, also in the end of a call. */
function withDisposition(state: Releasing, disposition: CallerDisposition): Releasing {
  const { over } = state;
  return { ...state, disposition, over: over.kind === 'call-end' ? { ...over, caller: disposition } : over };
}

/** Returns a caller to the AI after a failed hang-up, so that the caller is not left alone. */
function restoreAfterFailedHangUp(state: Releasing, cause: unknown): Step {
  return {
    state: { ...withDisposition(state, 'returned'), caller: 'restoring' },
    effects: [{ type: 'add-warning', cause }, { type: 'restore-caller' }, { type: 'set-limit', limit: 'releasing' }],
  };
}

/** Ends the call of a caller who could not be returned to the AI, as the options require. */
function endCaller(state: Releasing, cause: unknown): Step {
  return {
    state: { ...withDisposition(state, 'stranded'), caller: 'ending' },
    effects: [
      { type: 'add-warning', cause },
      { type: 'set-limit', limit: 'cold-transferring' },
      { type: 'end-caller' },
    ],
  };
}

/** Restores the session, for a caller who comes back. */
const unhold = [{ type: 'unhold-caller' }] as const;

function onCallerError(state: Releasing, cause: unknown): Step {
  switch (state.caller) {
    case 'hanging-up':
      return restoreAfterFailedHangUp(state, cause);
    case 'restoring':
      return endCaller(state, cause);
    case 'ending':
      return callerReleased(state, [{ type: 'add-warning', cause }, ...unhold]);
    case 'done':
      return { state, effects: [{ type: 'add-warning', cause }] };
  }
}

function callerLeft(state: Releasing): Step {
  switch (state.caller) {
    case 'hanging-up':
      return callerReleased(state, unhold);
    case 'restoring':
      return callerReleased(withDisposition(state, 'left'), unhold);
    // A cold-transferred caller leaves the room before the success is reported.
    case 'ending':
      return { state: withDisposition(state, 'left'), effects: [] };
    case 'done':
      return { state, effects: [] };
  }
}

export const releasing: PhaseTable<'releasing'> = {
  'caller-restored': (state) => (state.caller === 'restoring' ? callerReleased(state) : { state, effects: [] }),
  'caller-hung-up': (state) => (state.caller === 'hanging-up' ? callerReleased(state, unhold) : { state, effects: [] }),
  'caller-ended': (state, { disposition }) => {
    if (state.caller !== 'ending') return { state, effects: [] };
    return callerReleased(withDisposition(state, disposition), disposition === 'cold-transferred' ? [] : unhold);
  },
  'caller-left': callerLeft,
  'agent-disconnected': callerLeft,
  // A failed hold, while the caller is already being returned, is no failure of the return.
  'caller-failed': (state, event) =>
    event.while === state.caller
      ? onCallerError(state, event.cause)
      : { state, effects: [{ type: 'add-warning', cause: event.cause }] },
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'add-warning', cause }] }),
  'attempt-closed': (state) => finishWhenReleased(state, []),
  'limit-reached': (state, { limit }) =>
    state.caller === 'done'
      ? { state, effects: [] }
      : onCallerError(state, new Error(`the ${limit} limit was reached`)),
};
