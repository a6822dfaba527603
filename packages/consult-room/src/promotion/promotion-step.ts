import type { Held } from '../bridge/relay-pair.js';
import { failPromotion } from '../call/promotion.js';
import type { PromotionFailure } from '../call/promotion.js';
import type { ReferAnswer } from './refer.js';
import type { RejoinEffect } from './promotion-effect.js';
import type { RejoinEvent } from './promotion-event.js';
import type { Awaiting, Calling, Facts, Line, RejoinPhase, RejoinState } from './promotion-state.js';
import { after } from '../async/machine.js';
import type { MachineStep, MachineTable } from '../async/machine.js';

export { after } from '../async/machine.js';

export type Step = MachineStep<RejoinState, RejoinEffect>;

/** The handlers of one phase. An event without one changes nothing. */
export type PhaseTable<P extends RejoinPhase> = MachineTable<RejoinState, RejoinEvent, RejoinEffect, P>;

export type RejoinTable = { readonly [P in RejoinPhase]: PhaseTable<P> };

export function step(state: RejoinState, ...effects: readonly RejoinEffect[]): Step {
  return { state, effects };
}

export function factsOf({ line, answer, oldLineEnded, held }: Facts): Facts {
  return { line, answer, oldLineEnded, held };
}

function hold({ held }: Facts, wanted: Held): readonly RejoinEffect[] {
  return held === wanted ? [] : [{ type: 'hold', held: wanted }];
}

export function removeLine(identity: string): RejoinEffect {
  return { type: 'remove-line', identity };
}

/** Waits a little longer for a line. */
export function awaitLine(
  facts: Facts,
  otherwise: PromotionFailure,
  lineWent = false,
): { readonly state: Awaiting; readonly effects: readonly RejoinEffect[] } {
  const state = { ...factsOf(facts), phase: 'awaiting', otherwise, lineWent } as const;
  return { state, effects: [{ type: 'set-timer', timer: 'line-due' }] };
}

/** A line that came is the phone's, unless that is there already. */
export function meetLine(state: Calling | Awaiting, identity: string, isTaken: boolean): Step {
  if (state.line?.identity === identity) return step(state);
  if (state.line) return step(state, removeLine(identity));
  // It has disconnected somebody by coming under their identity.
  if (isTaken) return after([removeLine(identity)], withdraw(state, failPromotion('identity-conflict')));
  return step({ ...state, line: { identity, isActive: false } }, { type: 'follow-line', identity });
}

/** The line is gone: the bridge relays as before. */
export function loseLine(facts: Facts): { readonly facts: Facts; readonly effects: readonly RejoinEffect[] } {
  return { facts: { ...factsOf(facts), line: undefined, held: 'nobody' }, effects: hold(facts, 'nobody') };
}

/**
 * A phone sends its audio on the new line as soon as that is active, and may do so on the old one for a second more.
 * The other way the old line goes on until the new one is heard: the gateway takes 0.2 s to play the room into it.
 */
export function holdFromActive(state: Calling | Awaiting, line: Line): Step {
  return step({ ...state, line: { ...line, isActive: true }, held: 'human' }, ...hold(state, 'human'), {
    type: 'set-timer',
    timer: 'silence-due',
  });
}

/** A new line that stays silent leaves the floor to the old one again. */
export function yieldToOldLine(state: Calling | Awaiting): Step {
  return step({ ...state, held: 'nobody' }, ...hold(state, 'nobody'));
}

/** The new line is heard: the bridge is silent from here on, until it is clear that the new line stays. */
export function handOver(facts: Facts, line: Line): Step {
  const effects: readonly RejoinEffect[] = [{ type: 'subscribe', identity: line.identity }, ...hold(facts, 'both')];
  const state = { ...factsOf(facts), phase: 'handing-over', line, held: 'both' } as const;
  if (facts.oldLineEnded) return after(effects, promote(state, line));
  return step(state, ...effects, { type: 'set-timer', timer: 'old-line-due' });
}

/** The new line is the human agent's only one from here on. */
export function promote(facts: Facts, line: Line): Step {
  return step(
    { ...factsOf(facts), phase: 'promoted', line, isOver: false, isNumberGone: false },
    { type: 'promoted', identity: line.identity },
    { type: 'remove-number' },
    ...(facts.oldLineEnded ? [] : [{ type: 'remove-old-line' } as const]),
  );
}

/** Takes back the number, and the line that came by it. */
export function withdraw(facts: Facts, failure: PromotionFailure): Step {
  const lost = loseLine(facts);
  return step(
    { ...lost.facts, phase: 'withdrawing', failure },
    ...lost.effects,
    ...(facts.line ? [removeLine(facts.line.identity)] : []),
    { type: 'remove-number' },
  );
}

export function failureOf(answer: ReferAnswer): PromotionFailure {
  return answer.how === 'called' ? failPromotion('human-left') : answer.failure;
}
