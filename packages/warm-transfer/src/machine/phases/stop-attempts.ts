import { stopAttempt } from '../attempt/attempt-step.js';
import type { AttemptState } from '../attempt/attempt-state.js';
import type { Effect, Farewell } from '../types/effect.js';
import type { AttemptEnd } from '../types/ending.js';
import type { TransferData } from '../state/state.js';

type Attempts = TransferData['attempts'];

export interface Stopped {
  readonly attempts: Attempts;
  readonly effects: readonly Effect[];
}

/** Stops every attempt that `which` selects and that is not being closed yet. */
export function stopAttempts(
  attempts: Attempts,
  which: (attemptId: string, attempt: AttemptState) => boolean,
  ending: AttemptEnd,
  farewell?: Farewell,
): Stopped {
  const left: Record<string, AttemptState> = { ...attempts };
  const effects: Effect[] = [];
  for (const [attemptId, attempt] of Object.entries(attempts)) {
    if (attempt.phase === 'closing' || !which(attemptId, attempt)) continue;
    // A voicemail stays one, however the transfer ends.
    const stop = stopAttempt(attemptId, attempt, attempt.phase === 'voicemail' ? voicemail : ending, farewell);
    left[attemptId] = stop.state;
    effects.push(...stop.effects);
  }
  return { attempts: left, effects };
}

const voicemail: AttemptEnd = { kind: 'ending', status: 'voicemail' };
