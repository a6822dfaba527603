import { isAlive } from '../attempt/attempt-state.js';
import { askPolicy } from './apply-policy-action.js';
import type { Effect } from '../types/effect.js';
import { launch } from './start-next-stage.js';
import { redial } from './redial.js';
import { timedOut } from './release.js';
import type { StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { PhaseTable } from '../state/transition-table.js';
import { callOff } from './cancel.js';

const hold: readonly Effect[] = [{ type: 'hold-caller' }, { type: 'play-hold' }];

/** Somebody has the caller: no other phone rings on. */
function choose(state: StateOf<'seeking'>, chosen: string): { state: StateOf<'seeking'>; effects: readonly Effect[] } {
  const others = stopAttempts(
    state.attempts,
    (attemptId) => attemptId !== chosen,
    { kind: 'ending', status: 'taken' },
    'taken',
  );
  return {
    state: { ...state, attempts: others.attempts, stageTimed: false },
    effects: [...(state.stageTimed ? ([{ type: 'forget-next-stage' }] as const) : []), ...others.effects],
  };
}

export const seeking: PhaseTable<'seeking'> = {
  ...callOff,
  'attempt-answered': (state, { attemptId }) => {
    const holdNow = state.setup.holdFrom === 'answer' && !state.held;
    const { state: chosen, effects } = state.winner === 'answer' ? choose(state, attemptId) : { state, effects: [] };
    return {
      state: { ...chosen, held: state.held || holdNow },
      effects: [...(holdNow ? hold : []), ...effects],
    };
  },
  'attempt-accepted': (state, { attemptId, humanIdentity, by }) => {
    const { state: chosen, effects } = choose(state, attemptId);
    const { setup, attempts, tried, visited, stages, winner } = chosen;
    return {
      state: {
        phase: 'merging',
        setup,
        attempts,
        tried,
        visited,
        stages,
        winner,
        stageTimed: false,
        held: true,
        attemptId,
        humanIdentity,
      },
      effects: [
        ...(state.held ? [] : hold),
        ...effects,
        { type: 'merge', attemptId, acceptedBy: by },
        { type: 'set-limit', limit: 'merging' },
      ],
    };
  },
  'attempt-over': (state, over) => {
    const again = redial(state, over);
    if (again !== undefined) return again;
    const { ending } = over;
    const word = ending.status === 'declined' ? ending : state.word;
    if (!Object.values(state.attempts).some(isAlive)) return askPolicy(state, word ?? ending);
    const { attempts, effects } = stopAttempts(state.attempts, (_, { phase }) => phase === 'machine', ending);
    return { state: { ...state, attempts, ...(word === undefined ? {} : { word }) }, effects };
  },
  'next-stage-due': (state) =>
    launch({ ...state, stageTimed: false }) ?? { state: { ...state, stageTimed: false }, effects: [] },
  'limit-reached': (state) => timedOut(state),
};
