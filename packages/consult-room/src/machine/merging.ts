import type { ConsultRoomError } from '../consult-room-error.js';
import type { MergeEnd } from '../merge/merge-result.js';
import { arrived, ask, expectNoMove, mayArrive, moveAnswered } from './links.js';
import type { Bridging, Failure, Links, Moving } from './state.js';
import {
  after,
  awaitArrival,
  closeBridge,
  closeGate,
  finish,
  openBridge,
  type PhaseTable,
  type Step,
  step,
  toFailure,
  unanswered,
} from './step.js';
import { moveBack, roomLost, waitForMove } from './undoing.js';

const aborted: Failure = { merged: false, reason: 'aborted' };

/** Verifies a move: the human agent is in the caller room, so that no bridge may carry audio from here on. */
function verify(links: Links, left?: MergeEnd): Step {
  const shut = closeGate(links);
  const asked = ask(shut.links, 'verify-move');
  return step({ phase: 'verifying', links: asked.links, ...roomLost(left) }, ...shut.effects, {
    type: 'verify-move',
    id: asked.id,
  });
}

function onConsultLeft(state: Moving | Bridging, end: MergeEnd): Step {
  if (state.left) return step({ ...state, ...roomLost(end) });
  return step({ ...state, left: end }, awaitArrival(end));
}

/** Reports a failed merge. Another one may be tried. */
function fail(links: Links, failure: Failure): Step {
  const shut = closeGate(links);
  return step({ phase: 'apart', links: shut.links }, ...shut.effects, { type: 'settle', result: failure });
}

function onMoveRefused(state: Moving, error: ConsultRoomError): Step {
  const links = moveAnswered(state.links, error);
  // The server's answer lags behind the rooms: the timer decides.
  if (state.left) return mayArrive(links) ? step({ ...state, links }) : giveUpArrival(links, state.left);
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
  'move-answered': (state, { error }) => (error ? onMoveRefused(state, error) : verify(state.links, state.left)),
  'answer-due': (state) => (state.links.awaiting.move === undefined ? step(state) : onMoveRefused(state, unanswered())),
  'human-arrived': ({ links, left }) => verify(arrived(links), left),
  'bridge-verified': ({ links, left }) =>
    step(
      { phase: 'bridged', links, ...(left && { left }) },
      { type: 'settle', result: { merged: true, by: 'bridge' } },
    ),
  'bridge-failed': (state, { failure }) => {
    const shut = closeGate(state.links);
    return step({ ...state, links: shut.links, failure }, ...shut.effects);
  },
  'consult-left': (state, { end }) => onConsultLeft(state, end),
  'arrival-due': (state) => (state.left ? giveUpArrival(state.links, state.left) : step(state)),
  'caller-lost': ({ links }, { end }) => {
    const closed = closeBridge(links);
    return after(
      [...closed.effects, { type: 'end', end }],
      waitForMove({ links: closed.links, failure: toFailure(end), end }),
    );
  },
  abort: ({ links, left }) => {
    const shut = closeGate(links);
    return after(shut.effects, waitForMove({ links: shut.links, failure: aborted, ...(left && { left }) }));
  },
};

export const bridging: PhaseTable<'bridging'> = {
  'bridge-verified': ({ links, left }) =>
    step(
      { phase: 'bridged', links, ...(left && { left }) },
      { type: 'settle', result: { merged: true, by: 'bridge' } },
    ),
  'bridge-failed': (state, { failure }) => {
    if (!state.left) return fail(state.links, failure);
    const shut = closeGate(state.links);
    return step({ ...state, links: shut.links }, ...shut.effects);
  },
  'human-arrived': (state) => (mayArrive(state.links) ? verify(arrived(state.links), state.left) : step(state)),
  'consult-left': (state, { end }) =>
    mayArrive(state.links) ? onConsultLeft(state, end) : finish(state.links, end, toFailure(end)),
  'arrival-due': (state) => (state.left ? giveUpArrival(state.links, state.left) : step(state)),
  'caller-lost': ({ links }, { end }) => finish(links, end, toFailure(end)),
  abort: ({ links, left }) => (left ? finish(links, left, aborted) : fail(links, aborted)),
};

/** Ends the merge, since the human agent left for good. A move that happens later is undone by removing the human agent. */
function giveUpArrival(links: Links, left: MergeEnd): Step {
  return finish(links, left, toFailure(left));
}

export const verifying: PhaseTable<'verifying'> = {
  'move-verified': ({ links }) => {
    const closed = closeBridge(expectNoMove(links));
    const result = { merged: true, by: 'move' } as const;
    return step({ phase: 'moved', links: closed.links }, ...closed.effects, { type: 'settle', result });
  },
  'move-unverified': (state, { missing }) =>
    moveBack({ ...state, failure: { merged: false, reason: 'no-audio', missing } }),
  'human-arrived': (state) => step({ ...state, links: arrived(state.links) }),
  // The human agent left because of the move.
  'consult-left': (state, { end }) => step({ ...state, ...roomLost(end) }),
  'human-gone': ({ links }, { end }) => finish(links, end, toFailure(end)),
  'caller-lost': (state, { end }) => {
    const closed = closeBridge(state.links);
    return after(
      [...closed.effects, { type: 'end', end }],
      moveBack({ ...state, links: closed.links, failure: toFailure(end), end }),
    );
  },
  abort: (state) => moveBack({ ...state, failure: aborted }),
};
