import type { AttemptEffect, Farewell } from '../types/effect.js';
import type { AttemptEnding } from '../types/ending.js';
import type { AttemptEventOf, AttemptHappeningType, AttemptReport } from './attempt-event.js';
import type { AttemptPhase, AttemptState, AttemptStateOf } from './attempt-state.js';

/** The next state of one attempt, what to do on the way there, and what the transfer is told. */
export interface AttemptStep {
  readonly state: AttemptState;
  readonly effects: readonly AttemptEffect[];
  readonly report?: AttemptReport;
}

/** One entry per phase and happening that means something in it. Without an entry nothing changes. */
export type AttemptTable = {
  readonly [P in AttemptPhase]: {
    readonly [E in AttemptHappeningType]?: (state: AttemptStateOf<P>, event: AttemptEventOf<E>) => AttemptStep;
  };
};

/** Releases all that an attempt has. The farewell is for whoever is on the line by then, if anybody. */
export function stopAttempt(
  attemptId: string,
  { target }: AttemptState,
  ending: AttemptEnding,
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
