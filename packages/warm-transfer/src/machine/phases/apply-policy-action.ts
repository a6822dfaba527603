import type { Effect } from '../types/effect.js';
import { launch } from './start-next-stage.js';
import type { PolicyAction } from '../types/policy-action.js';
import { release } from './release.js';
import type { Decidable, OpenPhase, Search, StateOf } from '../state/state.js';
import { stopAttempts } from './stop-attempts.js';
import type { Step } from '../state/transition-table.js';

/** Nobody took the caller: the policy is asked. */
export function askPolicy(search: Search, ending: Decidable, effects: readonly Effect[] = []): Step {
  const { setup, attempts, tried, visited, stages, winner, stageTimed, held } = search;
  return {
    state: { phase: 'deciding', setup, attempts, tried, visited, stages, winner, stageTimed: false, held, ending },
    effects: [
      ...effects,
      ...(stageTimed ? ([{ type: 'forget-next-stage' }] as const) : []),
      { type: 'set-limit', limit: 'deciding' },
      { type: 'decide', ending },
    ],
  };
}

/** Does the first of the actions that can be done; the caller is given back when none can. */
export function act(
  before: StateOf<OpenPhase>,
  ending: Decidable,
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
      return step(release(before, ending, { fate: 'hung-up' }));
    case 'voicemail-message': {
      const { attempts, effects: messages } = stopMachines(before, 'voicemail-message');
      return act({ ...before, attempts }, ending, rest, [...effects, ...messages]);
    }
    case 'next-target': {
      const { attempts, effects: stops } = stopMachines(before);
      const launched = launch({ ...before, attempts });
      if (launched === undefined) return act(before, ending, rest, effects);
      return {
        state: launched.state,
        effects: [...effects, ...stops, { type: 'clear-limit' }, ...launched.effects],
      };
    }
    case 'redirect': {
      const department = action.department ?? (ending.status === 'declined' ? ending.redirectTo : undefined);
      if (department === undefined) return act(before, ending, rest, effects);
      const { attempts, effects: stops } = stopMachines(before);
      return {
        state: { ...plain(before), attempts, phase: 'redirecting', ending, rest },
        effects: [...effects, ...stops, { type: 'set-limit', limit: 'redirecting' }, { type: 'resolve', department }],
      };
    }
    case 'cold-transfer': {
      const { attempts, effects: stops } = stopMachines(before);
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

function stopMachines({ attempts }: Search, message?: 'voicemail-message'): ReturnType<typeof stopAttempts> {
  return stopAttempts(
    attempts,
    (_, { phase }) => phase === 'machine',
    { kind: 'ending', status: 'voicemail' },
    message,
  );
}

/** What every phase knows, without what belongs to one of them. */
function plain({ setup, attempts, tried, visited, stages, winner, stageTimed, held }: Search): Search {
  return { setup, attempts, tried, visited, stages, winner, stageTimed, held };
}
