import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';
import type { TransferFailure } from '../types/ending.js';
import { release } from './release.js';

/** Ends a transfer that has not started, as the caller is gone. */
function endImmediately(over: TransferFailure): Step {
  return {
    state: { phase: 'ended', over, disposition: 'left' },
    effects: [
      { type: 'set-outcome', outcome: { kind: 'over', ending: over, caller: 'left' } },
      { type: 'finish', over },
    ],
  };
}

/** The state of a transfer that has not started. */
const nothingBegun: StateOf<'resolving'> = {
  phase: 'resolving',
  setup: { holdCallerOn: 'dial', maxAttempts: 0 },
  attempts: {},
  attemptCount: 0,
  calledTargets: [],
  stages: [],
  winner: 'answer',
  stageTimerRunning: false,
  callerOnHold: false,
};

export const idle: PhaseTable<'idle'> = {
  start: (_, { setup }) => ({
    state: { ...nothingBegun, setup },
    effects: [{ type: 'set-limit', limit: 'total' }, { type: 'set-limit', limit: 'resolving' }, { type: 'resolve' }],
  }),
  'caller-left': () => endImmediately({ kind: 'ending', status: 'caller-left' }),
  'agent-disconnected': (_, { cause }) => endImmediately({ kind: 'ending', status: 'aborted', cause }),
  aborted: (_, { cause }) => release(nothingBegun, { kind: 'ending', status: 'aborted', cause }),
};
