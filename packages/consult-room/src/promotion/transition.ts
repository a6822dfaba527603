import { failPromotion, type PromotionFailure } from '../call/promotion.js';
import type { PromotionEvent } from './promotion-event.js';
import type { Awaiting, Facts, PromotionState } from './promotion-state.js';
import {
  admitLeg,
  after,
  awaitLeg,
  dropLeg,
  handOver,
  type PhaseTable,
  pickFacts,
  promote,
  type PromotionTable,
  removeLeg,
  restoreOldLeg,
  silenceOldLeg,
  type Step,
  step,
  toFailure,
  withdraw,
} from './promotion-step.js';

const release = { type: 'release' } as const;

const endWithCall = (state: Facts): Step => withdraw(state, failPromotion('ended'));

const creatingNumber: PhaseTable<'creating-number'> = {
  'number-created': (state) =>
    step({ ...state, phase: 'calling' }, { type: 'refer' }, { type: 'set-timer', timer: 'answer-due' }),
  'number-failed': (state, { failure }) => settle(failure, state),
  abort: (state) => failWithoutRefer(state, 'aborted'),
  'old-leg-ended': (state) => failWithoutRefer({ ...state, oldLegEnded: true }, 'human-left'),
  'call-ended': (state) => failWithoutRefer(state, 'ended'),
};

/** Fails without asking the phone to call. The number that is being created is removed as soon as it exists. */
function failWithoutRefer(state: Facts, reason: PromotionFailure['reason']): Step {
  return step({ ...pickFacts(state), phase: 'withdrawing', failure: failPromotion(reason) });
}

/** The handlers for a leg that counts and is not audible yet. */
const waiting = {
  'leg-joined': (state, { identity, isIdentityTaken }) => admitLeg(state, identity, isIdentityTaken),
  'leg-active': (state, { identity }) =>
    state.leg?.identity === identity ? silenceOldLeg(state, state.leg) : step(state),
  'silence-due': (state) => restoreOldLeg(state),
  'leg-audible': (state, { identity }) => (state.leg?.identity === identity ? handOver(state, state.leg) : step(state)),
  'call-ended': endWithCall,
} satisfies PhaseTable<'calling' | 'awaiting'>;

const calling: PhaseTable<'calling'> = {
  ...waiting,
  'leg-left': (state, { identity }) => {
    if (state.leg?.identity !== identity) return step(state);
    const { facts, effects } = dropLeg(state);
    return after(effects, awaitLeg(facts, failPromotion('no-answer'), true));
  },
  'refer-answered': (state, { answer }) => {
    const answered = { ...state, answer };
    if (answer.how === 'failed' && answer.failure.reason === 'rejected' && !state.leg)
      return withdraw(answered, answer.failure);
    const { state: next, effects } = awaitLeg(answered, toFailure(answer));
    // For a phone that hung up, the server only answers that the transfer has ended.
    return step(
      next,
      ...effects,
      ...(answer.how === 'failed' ? [{ type: 'set-timer', timer: 'hang-up-due' } as const] : []),
    );
  },
  'old-leg-ended': (state) => awaitLeg({ ...state, oldLegEnded: true }, failPromotion('human-left')),
  'answer-due': (state) => withdraw(state, failPromotion('no-answer')),
  // Too late once the phone's leg is there.
  abort: (state) => (state.leg ? step(state) : withdraw(state, failPromotion('aborted'))),
};

/** Stops waiting if no leg can join any more. */
function reconsider(state: Awaiting): Step {
  const { leg, answer, oldLegEnded, legLeft } = state;
  if (leg) return step(state);
  if (legLeft && (answer || oldLegEnded)) return withdraw(state, getReason(state));
  if (!oldLegEnded || !answer || answer.how === 'called') return step(state);
  if (answer.how === 'failed') return withdraw(state, getReason(state));
  return step(state, { type: 'set-timer', timer: 'hang-up-due' });
}

function getReason({ oldLegEnded, otherwise }: Awaiting): PromotionFailure {
  return oldLegEnded ? failPromotion('human-left') : otherwise;
}

const awaiting: PhaseTable<'awaiting'> = {
  ...waiting,
  'leg-left': (state, { identity }) => {
    if (state.leg?.identity !== identity) return step(state);
    return withdraw({ ...state, leg: undefined }, getReason(state));
  },
  'refer-answered': (state, { answer }) => reconsider({ ...state, answer, otherwise: toFailure(answer) }),
  'old-leg-ended': (state) => reconsider({ ...state, oldLegEnded: true }),
  'hang-up-due': (state) => {
    const { leg, answer, oldLegEnded } = state;
    const isKnown = answer?.how === 'failed' || (answer?.how === 'unknown' && oldLegEnded);
    return !leg && isKnown ? withdraw(state, getReason(state)) : step(state);
  },
  'leg-due': (state) => {
    const { leg, oldLegEnded, answer } = state;
    // The phone is silent, and sends no packets meanwhile.
    const isThere = leg !== undefined && (oldLegEnded || answer?.how === 'called');
    if (!isThere) return withdraw(state, getReason(state));
    return after([{ type: 'subscribe', identity: leg.identity }], promote(state, leg));
  },
};

const handingOver: PhaseTable<'handing-over'> = {
  'leg-joined': (state, { identity }) =>
    state.leg.identity === identity ? step(state) : step(state, removeLeg(identity)),
  'leg-left': (state, { identity }) => {
    if (state.leg.identity !== identity) return step(state);
    const { facts, effects } = dropLeg(state);
    const { answer } = state;
    return after(
      effects,
      answer ? withdraw(facts, toFailure(answer)) : awaitLeg(facts, failPromotion('no-answer'), true),
    );
  },
  'refer-answered': (state, { answer }) => step({ ...state, answer }),
  'old-leg-ended': (state) => promote({ ...state, oldLegEnded: true }, state.leg),
  'old-leg-due': (state) => promote(state, state.leg),
  // A human agent whose leg joins just after the caller has left would be alone there.
  'call-ended': endWithCall,
};

const withdrawing: PhaseTable<'withdrawing'> = {
  'number-created': (state) => step(state, { type: 'remove-number' }),
  'number-failed': (state) => settle(state.failure, state),
  'number-removed': (state) => step(state, { type: 'set-timer', timer: 'late-leg-due' }),
  'late-leg-due': (state) => settle(state.failure, state),
  'leg-joined': (state, { identity, isIdentityTaken }) => {
    const { reason } = state.failure;
    if (isIdentityTaken || reason === 'ended' || reason === 'identity-conflict')
      return step(state, removeLeg(identity));
    const { state: awaited, effects } = awaitLeg(state, state.failure);
    return after(effects, admitLeg(awaited, identity, isIdentityTaken));
  },
  'refer-answered': (state, { answer }) => step({ ...state, answer }),
  'old-leg-ended': (state) => step({ ...state, oldLegEnded: true }),
  'call-ended': (state) => step({ ...state, failure: failPromotion('ended') }),
};

function settle(failure: PromotionFailure, state: Facts): Step {
  return step({ ...state, phase: 'failed' }, { type: 'failed', failure }, release);
}

const promoted: PhaseTable<'promoted'> = {
  'leg-joined': (state, { identity }) =>
    state.leg.identity === identity ? step(state) : step(state, removeLeg(identity)),
  'number-removed': (state) => step(state, { type: 'set-timer', timer: 'late-leg-due' }),
  'late-leg-due': (state) => step({ ...state, isNumberGone: true }, ...(state.hasEnded ? [release] : [])),
  'call-ended': (state) => step({ ...state, hasEnded: true }, ...(state.isNumberGone ? [release] : [])),
};

export const promotionTable: PromotionTable = Object.freeze({
  'creating-number': creatingNumber,
  calling,
  awaiting,
  'handing-over': handingOver,
  withdrawing,
  promoted,
  failed: {},
});

/**
 * Decides how a promotion continues: pure and total. Whatever is reported in whatever order, the result is a state and
 * its effects.
 */
export function transition(state: PromotionState, event: PromotionEvent, table: PromotionTable = promotionTable): Step {
  // The key of the table is the phase of the state and the type of the event, which TypeScript cannot correlate.
  const handler = table[state.phase][event.type] as
    | ((state: PromotionState, event: PromotionEvent) => Step)
    | undefined;
  return handler === undefined ? step(state) : handler(state, event);
}
