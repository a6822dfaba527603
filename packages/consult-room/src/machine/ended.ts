import type { Ended } from './state.js';
import { after, arrived, failureOf, mayArrive, moveAnswered, removeHuman, rest, step } from './step.js';
import type { PhaseTable, Step } from './step.js';

/** Nobody stays in the caller's room who came there by a move of a merge that is over. */
function removeLate(state: Ended): Step {
  const { links, effects } = removeHuman(arrived(state.links));
  return after(effects, rest({ ...state, links }));
}

export const ended: PhaseTable<'ended'> = {
  merge: (state) => step(state, { type: 'settle', result: failureOf(state.end) }),
  'human-arrived': (state) => (mayArrive(state.links) ? removeLate(state) : step(state)),
  'move-answered': (state, { error }) => rest({ ...state, links: moveAnswered(state.links, error) }),
  'landing-over': rest,
  'promotion-ended': (state, { promotion }) => {
    if (!promotion.promoted) return rest(state);
    return after([{ type: 'remove-line', identity: promotion.humanIdentity }], rest(state));
  },
  // Closed after it had ended.
  'caller-lost': (state) => rest(state),
};
