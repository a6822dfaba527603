import type { Ending } from '../ending.js';
import { act, askPolicy } from '../decide.js';
import { launch } from '../launch.js';
import { timedOut } from '../release.js';
import type { PhaseTable, Step } from '../transition-table.js';
import { callOff } from './call-off.js';

/** Over before anything began. */
function endAtOnce(over: Ending, fate: 'returned' | 'left'): Step {
  return {
    state: { phase: 'ended', over, fate },
    effects: [
      { type: 'settle', outcome: { kind: 'over', ending: over, caller: fate } },
      { type: 'finish', over },
    ],
  };
}

export const idle: PhaseTable<'idle'> = {
  start: (_, { setup }) => ({
    state: {
      phase: 'resolving',
      setup,
      attempts: {},
      tried: 0,
      visited: [],
      stages: [],
      winner: 'answer',
      stageTimed: false,
      held: false,
    },
    effects: [{ type: 'set-limit', limit: 'total' }, { type: 'set-limit', limit: 'resolving' }, { type: 'resolve' }],
  }),
  'caller-left': () => endAtOnce({ kind: 'ending', status: 'caller-left' }, 'left'),
  'cut-off': (_, { cause }) => endAtOnce({ kind: 'ending', status: 'aborted', cause }, 'left'),
  aborted: (_, { cause }) => endAtOnce({ kind: 'ending', status: 'aborted', cause }, 'returned'),
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
