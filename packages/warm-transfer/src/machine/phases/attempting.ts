import { isAlive } from '../attempt/attempt-state.js';
import { askPolicy } from './apply-policy-action.js';
import type { Effect } from '../types/effect.js';
import { startNextStage } from './start-next-stage.js';
import { redial } from './redial.js';
import { timedOut } from './release.js';
import type { StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { PhaseTable } from '../state/transition-table.js';
import { cancel } from './cancel.js';

const hold: readonly Effect[] = [{ type: 'hold-caller' }, { type: 'play-hold' }];

/** Stops all other attempts: one has the caller. */
function chooseWinner(
  state: StateOf<'attempting'>,
  chosen: string,
): { state: StateOf<'attempting'>; effects: readonly Effect[] } {
  const others = stopAttempts(
    state.attempts,
    (attemptId) => attemptId !== chosen,
    { kind: 'ending', status: 'answered-elsewhere' },
    'answered-elsewhere',
  );
  return {
    state: { ...state, attempts: others.attempts, stageTimerRunning: false },
    effects: [...(state.stageTimerRunning ? ([{ type: 'forget-next-stage' }] as const) : []), ...others.effects],
  };
}

export const attempting: PhaseTable<'attempting'> = {
  ...cancel,
  'attempt-answered': (state, { attemptId }) => {
    const holdNow = state.setup.holdCallerOn === 'answer' && !state.callerOnHold;
    const { state: chosen, effects } =
      state.winner === 'answer' ? chooseWinner(state, attemptId) : { state, effects: [] };
    return {
      state: { ...chosen, callerOnHold: state.callerOnHold || holdNow },
      effects: [...(holdNow ? hold : []), ...effects],
    };
  },
  'attempt-accepted': (state, { attemptId, humanIdentity, by }) => {
    const { state: chosen, effects } = chooseWinner(state, attemptId);
    const { setup, attempts, attemptCount, calledTargets, stages, winner } = chosen;
    return {
      state: {
        phase: 'merging',
        setup,
        attempts,
        attemptCount,
        calledTargets,
        stages,
        winner,
        stageTimerRunning: false,
        callerOnHold: true,
        attemptId,
        humanIdentity,
      },
      effects: [
        ...(state.callerOnHold ? [] : hold),
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
    const declinedWith = ending.status === 'declined' ? ending : state.declinedWith;
    if (!Object.values(state.attempts).some(isAlive)) return askPolicy(state, declinedWith ?? ending);
    const { attempts, effects } = stopAttempts(state.attempts, (_, { phase }) => phase === 'voicemail', ending);
    return { state: { ...state, attempts, ...(declinedWith === undefined ? {} : { declinedWith }) }, effects };
  },
  'next-stage-due': (state) =>
    startNextStage({ ...state, stageTimerRunning: false }) ?? {
      state: { ...state, stageTimerRunning: false },
      effects: [],
    },
  'limit-reached': (state) => timedOut(state),
};
