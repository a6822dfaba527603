import type { Effect } from '../types/effect.js';
import { startNextStage } from './start-next-stage.js';
import type { PolicyAction } from '../types/policy-action.js';
import { release } from './release.js';
import type { PolicySubject, OpenPhase, TransferData, StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { Step } from '../state/transition-table.js';

/** Asks the policy after a failure. */
export function askPolicy(data: TransferData, ending: PolicySubject, effects: readonly Effect[] = []): Step {
  const { setup, attempts, attemptCount, calledTargets, stages, winner, stageTimerRunning, callerOnHold } = data;
  return {
    state: {
      phase: 'deciding',
      setup,
      attempts,
      attemptCount,
      calledTargets,
      stages,
      winner,
      stageTimerRunning: false,
      callerOnHold,
      ending,
    },
    effects: [
      ...effects,
      ...(stageTimerRunning ? ([{ type: 'forget-next-stage' }] as const) : []),
      { type: 'set-limit', limit: 'deciding' },
      { type: 'decide', ending },
    ],
  };
}

/** Takes the first possible action; returns the caller to the AI if there is none. */
export function applyPolicyAction(
  before: StateOf<OpenPhase>,
  ending: PolicySubject,
  actions: readonly PolicyAction[],
  effects: readonly Effect[] = [],
): Step {
  const [action, ...rest] = actions;
  const step = (next: Step): Step => ({ state: next.state, effects: [...effects, ...next.effects] });
  switch (action?.type) {
    case undefined:
    case 'return':
      return step(release(before, ending));
    case 'hang-up':
      return step(release(before, ending, { disposition: 'hung-up' }));
    case 'voicemail-message': {
      const { attempts, effects: messages } = stopVoicemails(before, 'voicemail-message');
      return applyPolicyAction({ ...before, attempts }, ending, rest, [...effects, ...messages]);
    }
    case 'next-target': {
      const { attempts, effects: stops } = stopVoicemails(before);
      const launched = startNextStage({ ...before, attempts });
      if (launched === undefined) return applyPolicyAction(before, ending, rest, effects);
      return {
        state: launched.state,
        effects: [...effects, ...stops, { type: 'clear-limit' }, ...launched.effects],
      };
    }
    case 'redirect': {
      const department = action.department ?? (ending.status === 'declined' ? ending.redirectTo : undefined);
      if (department === undefined) return applyPolicyAction(before, ending, rest, effects);
      const { attempts, effects: stops } = stopVoicemails(before);
      return {
        state: { ...plain(before), attempts, phase: 'redirecting', ending, rest },
        effects: [...effects, ...stops, { type: 'set-limit', limit: 'redirecting' }, { type: 'resolve', department }],
      };
    }
    case 'cold-transfer': {
      const { attempts, effects: stops } = stopVoicemails(before);
      return {
        state: { ...plain(before), attempts, phase: 'cold-transferring', ending, rest, callerGone: false },
        effects: [
          ...effects,
          ...stops,
          { type: 'set-limit', limit: 'cold-transferring' },
          { type: 'cold-transfer', to: action.to },
        ],
      };
    }
  }
}

function stopVoicemails({ attempts }: TransferData, message?: 'voicemail-message'): ReturnType<typeof stopAttempts> {
  return stopAttempts(
    attempts,
    (_, { phase }) => phase === 'voicemail',
    { kind: 'ending', status: 'voicemail' },
    message,
  );
}

/** Returns the data of every phase, without that of a single one. */
function plain({
  setup,
  attempts,
  attemptCount,
  calledTargets,
  stages,
  winner,
  stageTimerRunning,
  callerOnHold,
}: TransferData): TransferData {
  return { setup, attempts, attemptCount, calledTargets, stages, winner, stageTimerRunning, callerOnHold };
}
