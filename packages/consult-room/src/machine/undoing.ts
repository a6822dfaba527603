import type { MergeEnd } from '../merge/merge-result.js';
import { arrived, ask, forget, moveAnswered } from './links.js';
import type { Undoing } from './state.js';
import {
  after,
  closeBridge,
  finish,
  humanLost,
  openBridge,
  type PhaseTable,
  releaseWhenDone,
  removeHuman,
  type Step,
  step,
  toFailure,
} from './step.js';

type Undo = Pick<Undoing, 'links' | 'failure' | 'end' | 'left'>;

/** Waits for the answer to the move, which decides whether there is anything to undo. */
export function waitForMove({ links, failure, end, left }: Undo): Step {
  const state = {
    phase: 'undoing',
    stage: 'waiting',
    links,
    failure,
    ...(end && { end }),
    ...(left && { left }),
  } as const;
  return links.awaiting.move === undefined ? conclude(state) : step(state);
}

/** Keeps the loss of the consult room: a human agent who is moved back to it does not undo it. */
export function roomLost(left: MergeEnd | undefined): { readonly left?: MergeEnd } {
  return left?.cause === 'consult-room-lost' ? { left } : {};
}

/** Moves the human agent back to the consult room. */
export function moveBack({ links, failure, end, left }: Undo): Step {
  const asked = ask(forget(links, 'verify-move'), 'move-back');
  return step(
    {
      phase: 'undoing',
      stage: 'moving-back',
      links: asked.links,
      failure,
      ...(end && { end }),
      ...roomLost(left),
    },
    { type: 'move-back', id: asked.id },
    { type: 'set-timer', timer: 'answer-due' },
  );
}

/** Removes a human agent who cannot be moved back, and who would hear everything in the caller room. */
function remove(state: Undoing): Step {
  const { links, effects } = removeHuman(forget(state.links, 'move-back'));
  return step({ ...state, stage: 'removing', links }, ...effects, { type: 'set-timer', timer: 'answer-due' });
}

/** Reports the failed merge, when nothing is left to undo. */
function conclude({ links, failure, end, left }: Undoing): Step {
  const settle = { type: 'settle', result: failure } as const;
  if (end) return after([settle], releaseWhenDone({ phase: 'ended', links, end }));
  return left ? finish(links, left, failure) : step({ phase: 'apart', links }, settle);
}

function concludeRemoved(state: Undoing): Step {
  if (state.end) return conclude(state);
  const end = humanLost(state.links);
  // The first cause counts, except that of a verification, which does not matter once the human agent is gone.
  const failure = state.failure.reason === 'no-audio' ? toFailure(end) : state.failure;
  return conclude({ ...state, failure, left: end });
}

export const undoing: PhaseTable<'undoing'> = {
  'move-answered': (state, { error }) => {
    const answered = { ...state, links: moveAnswered(state.links, error) };
    return error ? conclude(answered) : moveBack(answered);
  },
  // A request that was sent before the human agent joined has found no participant. Its timeout holds for the next one.
  'human-arrived': (state) => {
    const here = { ...state, links: arrived(state.links) };
    if (state.stage === 'waiting') return moveBack(here);
    const { state: again, effects } = state.stage === 'removing' ? remove(here) : moveBack(here);
    return step(again, ...effects.filter(({ type }) => type !== 'set-timer'));
  },
  'move-back-answered': (state, { error }) => {
    if (error) return after([{ type: 'warn', error }], remove(state));
    const { links, failure, end, left } = state;
    const mayBridge = failure.reason === 'no-audio' && links.ways.bridge && !end && !left;
    return mayBridge ? openBridge(links) : conclude(state);
  },
  'human-removed': concludeRemoved,
  'answer-due': (state) => {
    if (state.stage === 'moving-back') return remove(state);
    if (state.stage === 'removing') return concludeRemoved({ ...state, links: forget(state.links, 'remove') });
    return conclude({ ...state, links: moveAnswered(state.links) });
  },
  'consult-left': (state, { end }) =>
    step({ ...state, ...(state.stage === 'waiting' && !state.left ? { left: end } : roomLost(end)) }),
  // Without this, an aborted merge would still be bridged.
  abort: (state) =>
    step(state.failure.reason === 'no-audio' ? { ...state, failure: { merged: false, reason: 'aborted' } } : state),
  'caller-lost': (state, { end }) => {
    if (state.end) return step(state);
    const { links, effects } = closeBridge(state.links);
    return step({ ...state, links, end }, ...effects, { type: 'end', end });
  },
};
