import type { PromotionFailure } from '../../../src/call/promotion.ts';
import type { RejoinEffect } from '../../../src/promotion/promotion-effect.ts';
import type { RejoinEvent } from '../../../src/promotion/promotion-event.ts';
import type { RejoinState } from '../../../src/promotion/promotion-state.ts';

/** What is wrong with one step, by itself. */
export function* wrongSteps(
  before: RejoinState,
  event: RejoinEvent,
  after: RejoinState,
  effects: readonly RejoinEffect[],
): Generator<string> {
  const removes = (identity: string): boolean =>
    effects.some((effect) => effect.type === 'remove-line' && effect.identity === identity);
  const { line } = before;
  const isWaiting = before.phase === 'calling' || before.phase === 'awaiting';
  const isDropped = line && after.line?.identity !== line.identity && event.type !== 'line-gone';
  if (isDropped && !removes(line.identity)) yield 'a line that is not wanted is not removed';
  if (event.type === 'line-came') {
    const { identity } = event;
    if (after.line?.identity !== identity && !removes(identity)) yield 'a further line is not removed';
    if (line?.identity === identity && removes(identity)) yield 'its own line is removed';
    if (event.isTaken && line?.identity !== identity && !removes(identity)) yield 'a line in a place of another stays';
    if (event.isTaken && isWaiting && !line && reasonOf(after) !== 'identity-conflict') yield 'a conflict is not told';
    const mayCome = isWaiting ? !line : before.phase === 'withdrawing' && !isFinal(before.failure);
    if (mayCome && !event.isTaken && after.line?.identity !== identity) yield 'the phone is not let in';
  }
  const isOfLine = 'identity' in event && line?.identity === event.identity;
  if (event.type === 'line-active' && isWaiting && isOfLine && after.held !== 'human')
    yield 'the phone is heard on its old line while it speaks on the new one';
  if (event.type === 'line-gone' && isOfLine && before.phase !== 'promoted' && after.held !== 'nobody')
    yield 'nobody is relayed though the line is gone';
  if (event.type === 'number-made' && before.phase === 'numbering' && !effects.some(({ type }) => type === 'refer'))
    yield 'nobody is told to call';
  if (event.type === 'call-over' && !['withdrawing', 'promoted', 'failed'].includes(after.phase))
    yield `the call is over, and it goes on ${after.phase}`;
  if (event.type === 'abort' && before.phase === 'calling' && !line && reasonOf(after) !== 'aborted')
    yield 'it is not aborted';
  if (event.type === 'abort' && before.phase === 'numbering' && reasonOf(after) !== 'aborted')
    yield 'it is not aborted';
  if (event.type === 'old-line-ended' && !after.oldLineEnded && after.phase !== 'failed' && after.phase !== 'promoted')
    yield 'the end of the old line is forgotten';
  if (event.type === 'old-line-ended' && before.phase === 'handing-over' && after.phase !== 'promoted')
    yield 'the new line is not taken though the old one has ended';
  if (event.type === 'refer-answered' && !after.answer && before.phase !== 'failed' && before.phase !== 'promoted')
    yield 'an answer is forgotten';
  if (event.type === 'refer-answered' && before.phase === 'calling') {
    const refused = event.answer.how === 'failed' && event.answer.failure.reason === 'refused';
    if (refused && !line && reasonOf(after) !== 'refused') yield 'a refusal is not told';
    if (!refused && after.phase !== 'awaiting') yield 'an answer decides nothing';
  }
  const wrong = wrongReason(before, event, after);
  if (wrong) yield wrong;
}

function isFinal({ reason }: PromotionFailure): boolean {
  return reason === 'ended' || reason === 'identity-conflict';
}

function reasonOf(state: RejoinState): PromotionFailure['reason'] | undefined {
  return state.phase === 'withdrawing' ? state.failure.reason : undefined;
}

/** A reason must be true, and the first one counts. */
function wrongReason(before: RejoinState, event: RejoinEvent, after: RejoinState): string | undefined {
  const reason = reasonOf(after);
  if (reason === undefined) return undefined;
  if (before.phase === 'withdrawing') {
    return reason !== before.failure.reason && event.type !== 'call-over'
      ? 'the first cause does not count'
      : undefined;
  }
  const hasCalled = after.answer?.how === 'called';
  if (reason === 'human-left' && !after.oldLineEnded && !hasCalled) return 'the human agent is here';
  const mayStay = ['ended', 'identity-conflict', 'human-left'];
  return after.oldLineEnded && before.phase === 'awaiting' && !mayStay.includes(reason)
    ? `the human agent is gone, and it is ${reason}`
    : undefined;
}
