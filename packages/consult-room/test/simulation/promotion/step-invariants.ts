import type { PromotionFailure } from '../../../src/call/promotion.ts';
import type { PromotionEffect } from '../../../src/promotion/promotion-effect.ts';
import type { PromotionEvent } from '../../../src/promotion/promotion-event.ts';
import type { PromotionState } from '../../../src/promotion/promotion-state.ts';

/** Yields the faults of a single step. */
export function* wrongSteps(
  before: PromotionState,
  event: PromotionEvent,
  after: PromotionState,
  effects: readonly PromotionEffect[],
): Generator<string> {
  const removes = (identity: string): boolean =>
    effects.some((effect) => effect.type === 'remove-leg' && effect.identity === identity);
  const { leg } = before;
  const isWaiting = before.phase === 'calling' || before.phase === 'awaiting';
  const isDropped = leg && after.leg?.identity !== leg.identity && event.type !== 'leg-left';
  if (isDropped && !removes(leg.identity)) yield 'a leg that is not wanted is not removed';
  if (event.type === 'leg-joined') {
    const { identity } = event;
    if (after.leg?.identity !== identity && !removes(identity)) yield 'a further leg is not removed';
    if (leg?.identity === identity && removes(identity)) yield 'its own leg is removed';
    if (event.isIdentityTaken && leg?.identity !== identity && !removes(identity))
      yield 'a leg with a taken identity stays';
    if (event.isIdentityTaken && isWaiting && !leg && reasonOf(after) !== 'identity-conflict')
      yield 'a conflict is not reported';
    const mayCome = isWaiting ? !leg : before.phase === 'withdrawing' && !isFinal(before.failure);
    if (mayCome && !event.isIdentityTaken && after.leg?.identity !== identity) yield 'the phone is not admitted';
  }
  const isOfLeg = 'identity' in event && leg?.identity === event.identity;
  if (event.type === 'leg-active' && isWaiting && isOfLeg && after.silenced !== 'human')
    yield 'the phone is heard on its old leg while it speaks on the new one';
  if (event.type === 'leg-left' && isOfLeg && before.phase !== 'promoted' && after.silenced !== 'none')
    yield 'nothing is relayed although the leg has left';
  if (
    event.type === 'number-created' &&
    before.phase === 'creating-number' &&
    !effects.some(({ type }) => type === 'refer')
  )
    yield 'the phone is not asked to call';
  if (event.type === 'call-ended' && !['withdrawing', 'promoted', 'failed'].includes(after.phase))
    yield `the call has ended, and it continues ${after.phase}`;
  if (event.type === 'abort' && before.phase === 'calling' && !leg && reasonOf(after) !== 'aborted')
    yield 'it is not aborted';
  if (event.type === 'abort' && before.phase === 'creating-number' && reasonOf(after) !== 'aborted')
    yield 'it is not aborted';
  if (event.type === 'old-leg-ended' && !after.oldLegEnded && after.phase !== 'failed' && after.phase !== 'promoted')
    yield 'the end of the old leg is forgotten';
  if (event.type === 'old-leg-ended' && before.phase === 'handing-over' && after.phase !== 'promoted')
    yield 'the new leg is not used although the old one has ended';
  if (event.type === 'refer-answered' && !after.answer && before.phase !== 'failed' && before.phase !== 'promoted')
    yield 'an answer is forgotten';
  if (event.type === 'refer-answered' && before.phase === 'calling') {
    const refused = event.answer.how === 'failed' && event.answer.failure.reason === 'rejected';
    if (refused && !leg && reasonOf(after) !== 'rejected') yield 'a rejection is not reported';
    if (!refused && after.phase !== 'awaiting') yield 'an answer decides nothing';
  }
  const wrong = wrongReason(before, event, after);
  if (wrong) yield wrong;
}

function isFinal({ reason }: PromotionFailure): boolean {
  return reason === 'ended' || reason === 'identity-conflict';
}

function reasonOf(state: PromotionState): PromotionFailure['reason'] | undefined {
  return state.phase === 'withdrawing' ? state.failure.reason : undefined;
}

/** Returns a wrong reason: a reason must be true, and the first one counts. */
function wrongReason(before: PromotionState, event: PromotionEvent, after: PromotionState): string | undefined {
  const reason = reasonOf(after);
  if (reason === undefined) return undefined;
  if (before.phase === 'withdrawing') {
    return reason !== before.failure.reason && event.type !== 'call-ended'
      ? 'the first cause does not count'
      : undefined;
  }
  const hasCalled = after.answer?.how === 'called';
  if (reason === 'human-left' && !after.oldLegEnded && !hasCalled) return 'the human agent is here';
  const mayStay = ['ended', 'identity-conflict', 'human-left'];
  return after.oldLegEnded && before.phase === 'awaiting' && !mayStay.includes(reason)
    ? `the human agent is gone, and it is ${reason}`
    : undefined;
}
