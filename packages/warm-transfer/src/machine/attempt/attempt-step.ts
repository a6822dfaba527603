import type { AttemptEffect, Farewell } from '../types/effect.js';
import type { AttemptEnd } from '../types/ending.js';
import type { AttemptEventOf, AttemptPortEventType, AttemptReport } from './attempt-event.js';
import type { AttemptPhase, AttemptState, AttemptStateOf } from './attempt-state.js';

/** The next state of one attempt, the effects of the transition, and the report to the transfer. */
export interface AttemptStep {
  readonly state: AttemptState;
  readonly effects: readonly AttemptEffect[];
  readonly report?: AttemptReport;
}

/** The transitions of an attempt, by phase and event. An event without an entry changes nothing. */
export type AttemptTable = {
  readonly [P in AttemptPhase]: {
    readonly [E in AttemptPortEventType]?: (state: AttemptStateOf<P>, event: AttemptEventOf<E>) => AttemptStep;
  };
};

/** Releases the resources of an attempt. The farewell is said if the call is answered by then. */
export function stopAttempt(
  attemptId: string,
  { target }: AttemptState,
  ending: AttemptEnd,
  farewell?: Farewell,
): AttemptStep {
  return {
    state: { target, phase: 'closing', ending },
    effects: [
      farewell === undefined ? { type: 'close-attempt', attemptId } : { type: 'close-attempt', attemptId, farewell },
      { type: 'set-attempt-limit', attemptId, limit: 'closing' },
    ],
  };
}
