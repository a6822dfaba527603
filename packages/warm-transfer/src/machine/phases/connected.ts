import type { Farewell } from '../types/effect.js';
import type { CallEnd } from '../types/ending.js';
import { releasingState } from './release.js';
import type { StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { PhaseTable, Step } from '../state/transition-table.js';

/** Ends a connected call. */
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
    state: releasingState(state, {
      attempts,
      over,
      caller: left ? 'done' : hangingUp ? 'hanging-up' : 'restoring',
      disposition: over.caller,
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
    const isTold = state.setup.afterConnect?.onCallerHangUp === 'announce';
    return endCall(state, { kind: 'call-end', by: 'caller', caller: 'left' }, isTold ? 'caller-left' : undefined);
  },
  'agent-disconnected': (state, { cause }) => endCall(state, { kind: 'call-end', by: 'line', caller: 'left', cause }),
  'attempt-lost': (state, { how, cause }) => {
    const { onHumanHangUp = 'hang-up', onLineLost = 'return' } = state.setup.afterConnect ?? {};
    const hungUp = how === 'hung-up';
    return endCall(state, {
      kind: 'call-end',
      by: hungUp ? 'human' : 'line',
      caller: (hungUp ? onHumanHangUp : onLineLost) === 'hang-up' ? 'hung-up' : 'returned',
      ...(cause === undefined ? {} : { cause }),
    });
  },
  // An error besides the call does not end it, and is a warning.
  'caller-failed': (state, { cause }) => ({ state, effects: [{ type: 'add-warning', cause }] }),
  'hold-failed': (state, { cause }) => ({ state, effects: [{ type: 'add-warning', cause }] }),
  'hang-up': (state) => endCall(state, { kind: 'call-end', by: 'program', caller: 'hung-up' }),
};
