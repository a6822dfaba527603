import type { Farewell } from '../types/effect.js';
import type { CallEnd } from '../types/ending.js';
import { releasing } from './release.js';
import type { StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { PhaseTable, Step } from '../state/transition-table.js';

/** Ends the call of two people whom we connected. */
function endCall(state: StateOf<'connected'>, over: CallEnd, farewell?: Farewell): Step {
  const { attempts, effects } = stopAttempts(
    state.attempts,
    () => true,
    { kind: 'ending', status: 'canceled' },
    farewell,
  );
  const left = over.caller === 'left';
  const hangingUp = over.caller === 'hung-up';
  return {
    state: releasing(state, {
      attempts,
      over,
      caller: left ? 'done' : hangingUp ? 'hanging-up' : 'restoring',
      fate: over.caller,
    }),
    effects: [
      { type: left ? 'unhold-caller' : hangingUp ? 'hang-up-caller' : 'restore-caller' },
      ...effects,
      left ? { type: 'call-over', over } : { type: 'set-limit', limit: hangingUp ? 'hanging-up' : 'releasing' },
    ],
  };
}

export const connected: PhaseTable<'connected'> = {
  'caller-left': (state) => {
    const isTold = state.setup.supervision?.callerLeaves === 'tell';
    return endCall(state, { kind: 'call-end', by: 'caller', caller: 'left' }, isTold ? 'caller-left' : undefined);
  },
  'cut-off': (state, { cause }) => endCall(state, { kind: 'call-end', by: 'line', caller: 'left', cause }),
  'attempt-lost': (state, { how, cause }) => {
    const { humanHangsUp = 'hang-up', lineLost = 'return' } = state.setup.supervision ?? {};
    const hungUp = how === 'hung-up';
    return endCall(state, {
      kind: 'call-end',
      by: hungUp ? 'human' : 'line',
      caller: (hungUp ? humanHangsUp : lineLost) === 'hang-up' ? 'hung-up' : 'returned',
      ...(cause === undefined ? {} : { cause }),
    });
  },
  // What fails beside the call ends nothing, and is a warning.
  'caller-failed': (state, { cause }) => ({ state, effects: [{ type: 'note', cause }] }),
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'note', cause }] }),
  'hang-up': (state) => endCall(state, { kind: 'call-end', by: 'program', caller: 'hung-up' }),
};
