import type { AttemptState } from '../attempt/attempt-state.js';
import type { Effect } from '../types/effect.js';
import { openAttempt } from './open-attempt.js';
import type { TransferData, StateOf } from '../state/state.js';

interface StartedStage {
  readonly state: StateOf<'attempting'>;
  readonly effects: readonly Effect[];
}

/** Calls the targets of the next stage that were not called before; undefined if there are none. */
export function startNextStage(data: TransferData): StartedStage | undefined {
  const [stage, ...stages] = data.stages;
  if (stage === undefined) return undefined;
  const { setup, calledTargets, attemptCount, winner, callerOnHold, stageTimerRunning } = data;
  const fresh = [...new Set(stage.targets)].filter((target) => !calledTargets.includes(target));
  const targets = fresh.slice(0, Math.max(0, setup.maxAttempts - attemptCount));
  if (targets.length === 0) return startNextStage({ ...data, stages });
  const attempts: Record<string, AttemptState> = { ...data.attempts };
  const opening: Effect[] = [];
  for (const [index, target] of targets.entries()) {
    const attemptId = String(attemptCount + index + 1);
    const { attempt, effects } = openAttempt(attemptId, target);
    attempts[attemptId] = attempt;
    opening.push(...effects);
  }
  const hold = setup.holdCallerOn === 'dial' && !callerOnHold;
  const timed = stage.nextAfterMs !== undefined && stages.length > 0;
  return {
    state: {
      phase: 'attempting',
      setup,
      attempts,
      attemptCount: attemptCount + targets.length,
      calledTargets: [...calledTargets, ...targets],
      stages,
      winner,
      stageTimerRunning: timed,
      callerOnHold: callerOnHold || hold,
      ...(data.declinedWith === undefined ? {} : { declinedWith: data.declinedWith }),
    },
    effects: [
      ...(hold ? ([{ type: 'hold-caller' }] as const) : []),
      ...opening,
      ...(hold ? ([{ type: 'play-hold' }] as const) : []),
      ...(timed ? ([{ type: 'await-next-stage', ms: stage.nextAfterMs ?? 0 }] as const) : []),
      ...(stageTimerRunning && !timed ? ([{ type: 'forget-next-stage' }] as const) : []),
    ],
  };
}
