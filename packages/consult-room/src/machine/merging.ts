import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd } from '../merge/merge-result.js';
import type { Bridging, Failure, Links, Moving } from './state.js';
import {
  after,
  arrived,
  ask,
  awaitLanding,
  closeBridge,
  failureOf,
  finish,
  mayArrive,
  moveAnswered,
  noneToCome,
  openBridge,
  shutBridge,
  step,
  unanswered,
} from './step.js';
import type { PhaseTable, Step } from './step.js';
import { moveBack, roomLost, waitForMove } from './undoing.js';

const aborted: Failure = { merged: false, reason: 'aborted' };

/** The human agent is in the caller's room: from here on no bridge may carry audio. */
function prove(links: Links, left?: MergeEnd): Step {
  const shut = shutBridge(links);
  const asked = ask(shut.links, 'prove-move');
  return step({ phase: 'proving', links: asked.links, ...roomLost(left) }, ...shut.effects, {
    type: 'prove-move',
    id: asked.id,
  });
}

function onConsultLeft(state: Moving | Bridging, end: MergeEnd): Step {
  if (state.left) return step({ ...state, ...roomLost(end) });
  return step({ ...state, left: end }, awaitLanding(end));
}

/** Reports a failed merge. A further one may be tried. */
function fail(links: Links, failure: Failure): Step {
  const shut = shutBridge(links);
  return step({ phase: 'apart', links: shut.links }, ...shut.effects, { type: 'settle', result: failure });
}

function onMoveRefused(state: Moving, error: ConsultRoomError): Step {
  const links = moveAnswered(state.links, error);
  // The server's answer lags behind the rooms: the timer decides.
  if (state.left) return mayArrive(links) ? step({ ...state, links }) : giveUpLanding(links, state.left);
  if (!links.ways.bridge) return fail(links, { merged: false, reason: 'media', error });
  const warning = error.code === 'not-implemented' ? [] : [{ type: 'warn', error } as const];
  return after(warning, continueBridging(state, links));
}

function continueBridging({ failure }: Moving, links: Links): Step {
  if (failure) return fail(links, failure);
  return links.bridge === 'open' ? step({ phase: 'bridging', links }) : openBridge(links);
}

export const moving: PhaseTable<'moving'> = {
  'bridge-due': (state) => {
    if (state.links.bridge === 'open' || state.failure || state.left) return step(state);
    const opened = openBridge(state.links);
    return step({ ...state, links: opened.state.links }, ...opened.effects);
  },
  'move-answered': (state, { error }) => (error ? onMoveRefused(state, error) : prove(state.links, state.left)),
  'answer-due': (state) => (state.links.awaiting.move === undefined ? step(state) : onMoveRefused(state, unanswered())),
  'human-arrived': ({ links, left }) => prove(arrived(links), left),
  'bridge-proven': ({ links, left }) =>
    step(
      { phase: 'bridged', links, ...(left && { left }) },
      { type: 'settle', result: { merged: true, by: 'bridge' } },
    ),
  'bridge-failed': (state, { failure }) => {
    const shut = shutBridge(state.links);
    return step({ ...state, links: shut.links, failure }, ...shut.effects);
  },
  'consult-left': (state, { end }) => onConsultLeft(state, end),
  'landing-due': (state) => (state.left ? giveUpLanding(state.links, state.left) : step(state)),
  'caller-lost': ({ links }, { end }) => {
    const closed = closeBridge(links);
    return after(
      [...closed.effects, { type: 'end', end }],
      waitForMove({ links: closed.links, failure: failureOf(end), end }),
    );
  },
  abort: ({ links, left }) => {
    const shut = shutBridge(links);
    return after(shut.effects, waitForMove({ links: shut.links, failure: aborted, ...(left && { left }) }));
  },
};

export const bridging: PhaseTable<'bridging'> = {
  'bridge-proven': ({ links, left }) =>
    step(
      { phase: 'bridged', links, ...(left && { left }) },
      { type: 'settle', result: { merged: true, by: 'bridge' } },
    ),
  'bridge-failed': (state, { failure }) => {
    if (!state.left) return fail(state.links, failure);
    const shut = shutBridge(state.links);
    return step({ ...state, links: shut.links }, ...shut.effects);
  },
  'human-arrived': (state) => (mayArrive(state.links) ? prove(arrived(state.links), state.left) : step(state)),
  'consult-left': (state, { end }) =>
    mayArrive(state.links) ? onConsultLeft(state, end) : finish(state.links, end, failureOf(end)),
  'landing-due': (state) => (state.left ? giveUpLanding(state.links, state.left) : step(state)),
  'caller-lost': ({ links }, { end }) => finish(links, end, failureOf(end)),
  abort: ({ links, left }) => (left ? finish(links, left, aborted) : fail(links, aborted)),
};

/** The human agent left for good. A move that comes later is undone by removing them. */
function giveUpLanding(links: Links, left: MergeEnd): Step {
  return finish(links, left, failureOf(left));
}

export const proving: PhaseTable<'proving'> = {
  'move-proven': ({ links }) => {
    const closed = closeBridge(noneToCome(links));
    const result = { merged: true, by: 'move' } as const;
    return step({ phase: 'moved', links: closed.links }, ...closed.effects, { type: 'settle', result });
  },
  'move-unproven': (state, { missing }) =>
    moveBack({ ...state, failure: { merged: false, reason: 'no-proof', missing } }),
  'human-arrived': (state) => step({ ...state, links: arrived(state.links) }),
  // The human agent's leaving is that of the move.
  'consult-left': (state, { end }) => step({ ...state, ...roomLost(end) }),
  'human-gone': ({ links }, { end }) => finish(links, end, failureOf(end)),
  'caller-lost': (state, { end }) => {
    const closed = closeBridge(state.links);
    return after(
      [...closed.effects, { type: 'end', end }],
      moveBack({ ...state, links: closed.links, failure: failureOf(end), end }),
    );
  },
  abort: (state) => moveBack({ ...state, failure: aborted }),
};
