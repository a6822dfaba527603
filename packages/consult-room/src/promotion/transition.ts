import { failPromotion } from '../call/promotion.js';
import type { PromotionFailure } from '../call/promotion.js';
import type { RejoinEvent } from './promotion-event.js';
import type { Awaiting, Facts, RejoinState } from './promotion-state.js';
import {
  after,
  awaitLine,
  factsOf,
  failureOf,
  handOver,
  holdFromActive,
  loseLine,
  meetLine,
  promote,
  removeLine,
  step,
  withdraw,
  yieldToOldLine,
} from './promotion-step.js';
import type { PhaseTable, RejoinTable, Step } from './promotion-step.js';

const release = { type: 'release' } as const;

const endWithCall = (state: Facts): Step => withdraw(state, failPromotion('ended'));

const numbering: PhaseTable<'numbering'> = {
  'number-made': (state) =>
    step({ ...state, phase: 'calling' }, { type: 'refer' }, { type: 'set-timer', timer: 'answer-due' }),
  'number-failed': (state, { failure }) => settle(failure, state),
  abort: (state) => withdrawUntold(state, 'aborted'),
  'old-line-ended': (state) => withdrawUntold({ ...state, oldLineEnded: true }, 'human-left'),
  'call-over': (state) => withdrawUntold(state, 'ended'),
};

/** The phone is not told to call. The number that is being made is removed as soon as it is there. */
function withdrawUntold(state: Facts, reason: PromotionFailure['reason']): Step {
  return step({ ...factsOf(state), phase: 'withdrawing', failure: failPromotion(reason) });
}

/** Of the line that counts, while it is not heard. */
const waiting = {
  'line-came': (state, { identity, isTaken }) => meetLine(state, identity, isTaken),
  'line-active': (state, { identity }) =>
    state.line?.identity === identity ? holdFromActive(state, state.line) : step(state),
  'silence-due': (state) => yieldToOldLine(state),
  'line-heard': (state, { identity }) =>
    state.line?.identity === identity ? handOver(state, state.line) : step(state),
  'call-over': endWithCall,
} satisfies PhaseTable<'calling' | 'awaiting'>;

const calling: PhaseTable<'calling'> = {
  ...waiting,
  'line-gone': (state, { identity }) => {
    if (state.line?.identity !== identity) return step(state);
    const { facts, effects } = loseLine(state);
    return after(effects, awaitLine(facts, failPromotion('no-answer'), true));
  },
  'refer-answered': (state, { answer }) => {
    const answered = { ...state, answer };
    if (answer.how === 'failed' && answer.failure.reason === 'refused' && !state.line)
      return withdraw(answered, answer.failure);
    const { state: next, effects } = awaitLine(answered, failureOf(answer));
    // Of a phone that hung up the server only says that the transfer is over.
    return step(
      next,
      ...effects,
      ...(answer.how === 'failed' ? [{ type: 'set-timer', timer: 'hang-up-due' } as const] : []),
    );
  },
  'old-line-ended': (state) => awaitLine({ ...state, oldLineEnded: true }, failPromotion('human-left')),
  'answer-due': (state) => withdraw(state, failPromotion('no-answer')),
  // Too late once the phone is there.
  abort: (state) => (state.line ? step(state) : withdraw(state, failPromotion('aborted'))),
};

/** Ends the waiting where no line can come any more. */
function reconsider(state: Awaiting): Step {
  const { line, answer, oldLineEnded, lineWent } = state;
  if (line) return step(state);
  if (lineWent && (answer || oldLineEnded)) return withdraw(state, reasonOf(state));
  if (!oldLineEnded || !answer || answer.how === 'called') return step(state);
  if (answer.how === 'failed') return withdraw(state, reasonOf(state));
  return step(state, { type: 'set-timer', timer: 'hang-up-due' });
}

function reasonOf({ oldLineEnded, otherwise }: Awaiting): PromotionFailure {
  return oldLineEnded ? failPromotion('human-left') : otherwise;
}

const awaiting: PhaseTable<'awaiting'> = {
  ...waiting,
  'line-gone': (state, { identity }) => {
    if (state.line?.identity !== identity) return step(state);
    return withdraw({ ...state, line: undefined }, reasonOf(state));
  },
  'refer-answered': (state, { answer }) => reconsider({ ...state, answer, otherwise: failureOf(answer) }),
  'old-line-ended': (state) => reconsider({ ...state, oldLineEnded: true }),
  'hang-up-due': (state) => {
    const { line, answer, oldLineEnded } = state;
    const isKnown = answer?.how === 'failed' || (answer?.how === 'unknown' && oldLineEnded);
    return !line && isKnown ? withdraw(state, reasonOf(state)) : step(state);
  },
  'line-due': (state) => {
    const { line, oldLineEnded, answer } = state;
    // A phone that is silent and sends nothing meanwhile.
    const isThere = line !== undefined && (oldLineEnded || answer?.how === 'called');
    if (!isThere) return withdraw(state, reasonOf(state));
    return after([{ type: 'subscribe', identity: line.identity }], promote(state, line));
  },
};

const handingOver: PhaseTable<'handing-over'> = {
  'line-came': (state, { identity }) =>
    state.line.identity === identity ? step(state) : step(state, removeLine(identity)),
  'line-gone': (state, { identity }) => {
    if (state.line.identity !== identity) return step(state);
    const { facts, effects } = loseLine(state);
    const { answer } = state;
    return after(
      effects,
      answer ? withdraw(facts, failureOf(answer)) : awaitLine(facts, failPromotion('no-answer'), true),
    );
  },
  'refer-answered': (state, { answer }) => step({ ...state, answer }),
  'old-line-ended': (state) => promote({ ...state, oldLineEnded: true }, state.line),
  'old-line-due': (state) => promote(state, state.line),
  // Whoever comes in when the caller has just left would be alone there.
  'call-over': endWithCall,
};

const withdrawing: PhaseTable<'withdrawing'> = {
  'number-made': (state) => step(state, { type: 'remove-number' }),
  'number-failed': (state) => settle(state.failure, state),
  'number-removed': (state) => step(state, { type: 'set-timer', timer: 'late-line-due' }),
  'late-line-due': (state) => settle(state.failure, state),
  'line-came': (state, { identity, isTaken }) => {
    const { reason } = state.failure;
    if (isTaken || reason === 'ended' || reason === 'identity-conflict') return step(state, removeLine(identity));
    const { state: awaited, effects } = awaitLine(state, state.failure);
    return after(effects, meetLine(awaited, identity, isTaken));
  },
  'refer-answered': (state, { answer }) => step({ ...state, answer }),
  'old-line-ended': (state) => step({ ...state, oldLineEnded: true }),
  'call-over': (state) => step({ ...state, failure: failPromotion('ended') }),
};

function settle(failure: PromotionFailure, state: Facts): Step {
  return step({ ...state, phase: 'failed' }, { type: 'failed', failure }, release);
}

const promoted: PhaseTable<'promoted'> = {
  'line-came': (state, { identity }) =>
    state.line.identity === identity ? step(state) : step(state, removeLine(identity)),
  'number-removed': (state) => step(state, { type: 'set-timer', timer: 'late-line-due' }),
  'late-line-due': (state) => step({ ...state, isNumberGone: true }, ...(state.isOver ? [release] : [])),
  'call-over': (state) => step({ ...state, isOver: true }, ...(state.isNumberGone ? [release] : [])),
};

export const rejoinTable: RejoinTable = Object.freeze({
  numbering,
  calling,
  awaiting,
  'handing-over': handingOver,
  withdrawing,
  promoted,
  failed: {},
});

/**
 * Decides what becomes of the try to bring the human agent's phone into the caller's room: pure and total. Whatever is
 * reported in whatever order, the answer is a state and the work that follows from it.
 */
export function transition(state: RejoinState, event: RejoinEvent, table: RejoinTable = rejoinTable): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as ((state: RejoinState, event: RejoinEvent) => Step) | undefined;
  return handler === undefined ? step(state) : handler(state, event);
}
