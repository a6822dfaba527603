import { stopAttempt } from '../attempt/attempt-step.js';
import type { AttemptState } from '../attempt/attempt-state.js';
import type { Effect, Farewell } from '../types/effect.js';
import type { AttemptEnding } from '../types/ending.js';
import type { Search } from '../state/state.js';

type Attempts = Search['attempts'];

export interface Stopped {
  readonly attempts: Attempts;
  readonly effects: readonly Effect[];
}

/** Stops every attempt that `which` names and that is not being closed already. */
export function stopAttempts(
  attempts: Attempts,
  which: (attemptId: string, attempt: AttemptState) => boolean,
  ending: AttemptEnding,
  farewell?: Farewell,
): Stopped {
  const left: Record<string, AttemptState> = { ...attempts };
  const effects: Effect[] = [];
  for (const [attemptId, attempt] of Object.entries(attempts)) {
    if (attempt.phase === 'closing' || !which(attemptId, attempt)) continue;
    // A voicemail box stays one, whatever the transfer ends by.
    const stop = stopAttempt(attemptId, attempt, attempt.phase === 'machine' ? voicemail : ending, farewell);
    left[attemptId] = stop.state;
    effects.push(...stop.effects);
  }
  return { attempts: left, effects };
}

const voicemail: AttemptEnding = { kind: 'ending', status: 'voicemail' };
