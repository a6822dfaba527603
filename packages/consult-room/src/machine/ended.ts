import { arrived, mayArrive, moveAnswered } from './links.js';
import type { Ended } from './state.js';
import { after, type PhaseTable, releaseWhenDone, removeHuman, type Step, step, toFailure } from './step.js';

/** Removes a human agent whom a move brings into the caller room after the merge has ended. */
function removeLate(state: Ended): Step {
  const { links, effects } = removeHuman(arrived(state.links));
  return after(effects, releaseWhenDone({ ...state, links }));
}

export const ended: PhaseTable<'ended'> = {
  merge: (state) => step(state, { type: 'settle', result: toFailure(state.end) }),
  'human-arrived': (state) => (mayArrive(state.links) ? removeLate(state) : step(state)),
  'move-answered': (state, { error }) => releaseWhenDone({ ...state, links: moveAnswered(state.links, error) }),
  'move-expired': releaseWhenDone,
  'promotion-ended': (state, { promotion }) => {
    if (!promotion.promoted) return releaseWhenDone(state);
    return after([{ type: 'remove-leg', identity: promotion.humanIdentity }], releaseWhenDone(state));
  },
  // Closed after it had ended.
  'caller-lost': (state) => releaseWhenDone(state),
};
