import type { AttemptState } from '../attempt/attempt-state.js';
import type { Effect } from '../types/effect.js';

/** Creates an attempt, with the effects that start it. `callerId` overrides the caller ID of the options. */
export function openAttempt(
  attemptId: string,
  target: string,
  callerId?: 'trunk',
): { readonly attempt: AttemptState; readonly effects: readonly Effect[] } {
  const shown = callerId === undefined ? {} : { callerId };
  return {
    attempt: { phase: 'opening', target, ...shown },
    effects: [
      { type: 'open-attempt', attemptId, target, ...shown },
      { type: 'set-attempt-limit', attemptId, limit: 'opening' },
    ],
  };
}
