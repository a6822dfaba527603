import type { AttemptState } from '../attempt/attempt-state.js';
import type { Effect } from '../types/effect.js';
import { openAttempt } from './open-attempt.js';
import type { Search, StateOf } from '../state/state.js';

interface Launched {
  readonly state: StateOf<'seeking'>;
  readonly effects: readonly Effect[];
}

/** Calls the targets of the next stage that have not been called before; undefined when there are none. */
export function launch(search: Search): Launched | undefined {
  const [stage, ...stages] = search.stages;
  if (stage === undefined) return undefined;
  const { setup, visited, tried, winner, held, stageTimed } = search;
  const fresh = [...new Set(stage.targets)].filter((target) => !visited.includes(target));
  const targets = fresh.slice(0, Math.max(0, setup.maxAttempts - tried));
  if (targets.length === 0) return launch({ ...search, stages });
  const attempts: Record<string, AttemptState> = { ...search.attempts };
  const opening: Effect[] = [];
  for (const [index, target] of targets.entries()) {
    const attemptId = String(tried + index + 1);
    const { attempt, effects } = openAttempt(attemptId, target);
    attempts[attemptId] = attempt;
    opening.push(...effects);
  }
  const hold = setup.holdFrom === 'dial' && !held;
  const timed = stage.nextAfterMs !== undefined && stages.length > 0;
  return {
    state: {
      phase: 'seeking',
      setup,
      attempts,
      tried: tried + targets.length,
      visited: [...visited, ...targets],
      stages,
      winner,
      stageTimed: timed,
      held: held || hold,
      ...(search.word === undefined ? {} : { word: search.word }),
    },
    effects: [
      ...(hold ? ([{ type: 'hold-caller' }] as const) : []),
      ...opening,
      ...(hold ? ([{ type: 'play-hold' }] as const) : []),
      ...(timed ? ([{ type: 'await-next-stage', ms: stage.nextAfterMs ?? 0 }] as const) : []),
      ...(stageTimed && !timed ? ([{ type: 'forget-next-stage' }] as const) : []),
    ],
  };
}
