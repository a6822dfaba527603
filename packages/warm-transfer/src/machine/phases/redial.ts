import type { AttemptReport } from '../attempt/attempt-event.js';
import { openAttempt } from './open-attempt.js';
import type { StateOf } from '../state/state.js';
import type { Step } from '../state/transition-table.js';

type AttemptOver = Extract<AttemptReport, { type: 'attempt-over' }>;

/** Calls the target of an attempt once more, as from a number of the trunk; undefined where it may not be. */
export function redial(
  state: StateOf<'seeking'>,
  { attemptId: last, ending, redialAs }: AttemptOver,
): Step | undefined {
  const target = state.attempts[last]?.target;
  if (redialAs === undefined || target === undefined || state.tried >= state.setup.maxAttempts) return undefined;
  const tried = state.tried + 1;
  const attemptId = String(tried);
  const code = 'sipStatusCode' in ending ? ending.sipStatusCode : undefined;
  const cause = new Error(`the caller ID was refused (SIP ${code}): calling once more with a number of the trunk`);
  const { attempt, effects } = openAttempt(attemptId, target, redialAs);
  return {
    state: { ...state, tried, attempts: { ...state.attempts, [attemptId]: attempt } },
    effects: [{ type: 'note', cause }, ...effects],
  };
}
