import type { StateOf } from '../state/state.js';
import type { PhaseTable, Step } from '../state/transition-table.js';
import type { Ending } from '../types/ending.js';
import { release } from './release.js';

/** Over before anything began, as the caller is gone. */
function endAtOnce(over: Ending): Step {
  return {
    state: { phase: 'ended', over, fate: 'left' },
    effects: [
      { type: 'settle', outcome: { kind: 'over', ending: over, caller: 'left' } },
      { type: 'finish', over },
    ],
  };
}

/** A transfer of which nothing has begun. */
const nothingBegun: StateOf<'resolving'> = {
  phase: 'resolving',
  setup: { holdFrom: 'dial', maxAttempts: 0 },
  attempts: {},
  tried: 0,
  visited: [],
  stages: [],
  winner: 'answer',
  stageTimed: false,
  held: false,
};

export const idle: PhaseTable<'idle'> = {
  start: (_, { setup }) => ({
    state: { ...nothingBegun, setup },
    effects: [{ type: 'set-limit', limit: 'total' }, { type: 'set-limit', limit: 'resolving' }, { type: 'resolve' }],
  }),
  'caller-left': () => endAtOnce({ kind: 'ending', status: 'caller-left' }),
  'cut-off': (_, { cause }) => endAtOnce({ kind: 'ending', status: 'aborted', cause }),
  aborted: (_, { cause }) => release(nothingBegun, { kind: 'ending', status: 'aborted', cause }),
};
