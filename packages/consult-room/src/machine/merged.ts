import type { ConsultRoomError } from '../consult-room-error.js';
import { ask, expectNoMove, forget, mayArrive, moveAnswered } from './links.js';
import type { Bridged } from './state.js';
import { awaitArrival, closeBridge, finish, type PhaseTable, type Step, step, unanswered } from './step.js';

/**
 * Replaces the bridge, which is silent from here on, by a move that happened late. The verification subscribes both
 * parties.
 */
function acceptLateMove(state: Bridged): Step {
  const closed = closeBridge(expectNoMove(forget(state.links, 'move')));
  const asked = ask(closed.links, 'verify-move');
  return step(
    { phase: 'moved', links: asked.links },
    ...closed.effects,
    { type: 'switch-call', by: 'move' },
    { type: 'verify-move', id: asked.id },
  );
}

function onMoveAnswered(state: Bridged, error: ConsultRoomError | undefined): Step {
  const links = moveAnswered(state.links, error);
  const isWarning = error && error.code !== 'not-implemented';
  return step({ ...state, links }, ...(isWarning ? [{ type: 'warn', error } as const] : []));
}

export const bridged: PhaseTable<'bridged'> = {
  'human-arrived': (state) => (mayArrive(state.links) ? acceptLateMove(state) : step(state)),
  // If the answer is that the human agent was moved, the rooms will show it.
  'move-answered': (state, { error }) => onMoveAnswered(state, error),
  'answer-due': (state) =>
    state.links.awaiting.move === undefined ? step(state) : onMoveAnswered(state, unanswered()),
  'consult-left': (state, { end }) => {
    if (!mayArrive(state.links)) return finish(state.links, end);
    return state.left ? step(state) : step({ ...state, left: end }, awaitArrival(end));
  },
  'arrival-due': (state) => (state.left ? finish(state.links, state.left) : step(state)),
  'caller-lost': ({ links }, { end }) => finish(links, end),
  promote: (state, { signal }) => {
    if (mayArrive(state.links) || state.left) return step(state);
    const asked = ask(state.links, 'promote');
    return step({ phase: 'promoting', links: asked.links }, { type: 'promote', id: asked.id, signal });
  },
};

export const promoting: PhaseTable<'promoting'> = {
  'promotion-ended': ({ links, left }, { promotion }) => {
    if (promotion.promoted) {
      const closed = closeBridge(links);
      const { humanIdentity } = promotion;
      return step(
        { phase: 'promoted', links: { ...closed.links, humanIdentity } },
        { type: 'switch-call', by: 'rejoin', humanIdentity },
        ...closed.effects,
      );
    }
    return left ? finish(links, left) : step({ phase: 'bridged', links });
  },
  // The phone may be about to call in.
  'consult-left': (state, { end }) =>
    end.cause === 'human-left' ? step({ ...state, left: end }, { type: 'old-leg-ended' }) : finish(state.links, end),
  'caller-lost': ({ links }, { end }) => finish(links, end),
};

const together = {
  'human-gone': ({ links }, { end }) => finish(links, end),
  'caller-lost': ({ links }, { end }) => finish(links, end),
} satisfies PhaseTable<'moved' | 'promoted'>;

export const moved: PhaseTable<'moved'> = together;

export const promoted: PhaseTable<'promoted'> = together;
