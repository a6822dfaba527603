import type { AttemptReport } from '../attempt/attempt-event.js';
import { openAttempt } from './open-attempt.js';
import type { StateOf } from '../state/state.js';
import type { Step } from '../state/transition-table.js';

type AttemptOver = Extract<AttemptReport, { type: 'attempt-over' }>;

/** Calls the target of an attempt once more, with a number of the trunk; undefined if that is not allowed. */
export function redial(
  state: StateOf<'attempting'>,
  { attemptId: last, ending, redialAs }: AttemptOver,
): Step | undefined {
  const target = state.attempts[last]?.target;
  if (redialAs === undefined || target === undefined || state.attemptCount >= state.setup.maxAttempts) return undefined;
  const attemptCount = state.attemptCount + 1;
  const attemptId = String(attemptCount);
  const code = 'sipStatusCode' in ending ? ending.sipStatusCode : undefined;
  const cause = new Error(`the caller ID was rejected (SIP ${code}): calling once more with a number of the trunk`);
  const { attempt, effects } = openAttempt(attemptId, target, redialAs);
  return {
    state: { ...state, attemptCount, attempts: { ...state.attempts, [attemptId]: attempt } },
    effects: [{ type: 'add-warning', cause }, ...effects],
  };
}
