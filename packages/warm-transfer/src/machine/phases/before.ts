import type { Ending } from '../ending.js';
import { act, askPolicy } from '../decide.js';
import { launch } from '../launch.js';
import { release, timedOut } from '../release.js';
import type { StateOf } from '../state.js';
import type { PhaseTable, Step } from '../transition-table.js';
import { callOff } from './call-off.js';

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

export const resolving: PhaseTable<'resolving'> = {
  ...callOff,
  resolved: (state, { plan: { stages, winner } }) => {
    const launched = launch({ ...state, stages, winner });
    if (launched === undefined) return askPolicy(state, { kind: 'ending', status: 'no-target', why: 'empty' });
    return { state: launched.state, effects: [{ type: 'clear-limit' }, ...launched.effects] };
  },
  unresolved: (state, { ending }) => askPolicy(state, ending),
  'limit-reached': (state, { limit }) =>
    limit === 'total' ? timedOut(state) : askPolicy(state, { kind: 'ending', status: 'no-target', why: 'late' }),
};

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
