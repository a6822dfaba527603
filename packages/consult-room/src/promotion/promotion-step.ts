import { after, type MachineStep, type MachineTable } from '../async/machine.js';
import type { Silenced } from '../bridge/relay-pair.js';
import { failPromotion, type PromotionFailure } from '../call/promotion.js';
import type { PromotionEffect } from './promotion-effect.js';
import type { PromotionEvent } from './promotion-event.js';
import type { Awaiting, Calling, Facts, Leg, PromotionPhase, PromotionState } from './promotion-state.js';
import type { ReferAnswer } from './refer.js';

export { after } from '../async/machine.js';

export type Step = MachineStep<PromotionState, PromotionEffect>;

/** The handlers of one phase. An event without a handler changes nothing. */
export type PhaseTable<P extends PromotionPhase> = MachineTable<PromotionState, PromotionEvent, PromotionEffect, P>;

export type PromotionTable = { readonly [P in PromotionPhase]: PhaseTable<P> };

export function step(state: PromotionState, ...effects: readonly PromotionEffect[]): Step {
  return { state, effects };
}

export function pickFacts({ leg, answer, oldLegEnded, silenced }: Facts): Facts {
  return { leg, answer, oldLegEnded, silenced };
}

function silence({ silenced }: Facts, wanted: Silenced): readonly PromotionEffect[] {
  return silenced === wanted ? [] : [{ type: 'silence', silenced: wanted }];
}

export function removeLeg(identity: string): PromotionEffect {
  return { type: 'remove-leg', identity };
}

/** Waits a little longer for a leg. */
export function awaitLeg(
  facts: Facts,
  otherwise: PromotionFailure,
  legLeft = false,
): { readonly state: Awaiting; readonly effects: readonly PromotionEffect[] } {
  const state = { ...pickFacts(facts), phase: 'awaiting', otherwise, legLeft } as const;
  return { state, effects: [{ type: 'set-timer', timer: 'leg-due' }] };
}

/** Takes a leg that joined for the phone's, unless the phone has one. */
export function admitLeg(state: Calling | Awaiting, identity: string, isIdentityTaken: boolean): Step {
  if (state.leg?.identity === identity) return step(state);
  if (state.leg) return step(state, removeLeg(identity));
  // The leg has disconnected the participant whose identity it has.
  if (isIdentityTaken) return after([removeLeg(identity)], withdraw(state, failPromotion('identity-conflict')));
  return step({ ...state, leg: { identity, isActive: false } }, { type: 'follow-leg', identity });
}

/** Forgets the leg: the bridge relays as before. */
export function dropLeg(facts: Facts): { readonly facts: Facts; readonly effects: readonly PromotionEffect[] } {
  return { facts: { ...pickFacts(facts), leg: undefined, silenced: 'none' }, effects: silence(facts, 'none') };
}

/**
 * Silences the old leg: a phone sends its audio to the new leg as soon as that is active, and may send to the old one
 * for a second more. In the other direction the old leg continues until the new one is audible, since the gateway takes
 * 0.2 s to play the room into it.
 */
export function silenceOldLeg(state: Calling | Awaiting, leg: Leg): Step {
  return step({ ...state, leg: { ...leg, isActive: true }, silenced: 'human' }, ...silence(state, 'human'), {
    type: 'set-timer',
    timer: 'silence-due',
  });
}

/** Relays the old leg again, since the new one stays silent. */
export function restoreOldLeg(state: Calling | Awaiting): Step {
  return step({ ...state, silenced: 'none' }, ...silence(state, 'none'));
}

/** Silences the bridge, since the new leg is audible, until it is clear that the new leg stays. */
export function handOver(facts: Facts, leg: Leg): Step {
  const effects: readonly PromotionEffect[] = [
    { type: 'subscribe', identity: leg.identity },
    ...silence(facts, 'both'),
  ];
  const state = { ...pickFacts(facts), phase: 'handing-over', leg, silenced: 'both' } as const;
  if (facts.oldLegEnded) return after(effects, promote(state, leg));
  return step(state, ...effects, { type: 'set-timer', timer: 'old-leg-due' });
}

/** Makes the new leg the human agent's only one. */
export function promote(facts: Facts, leg: Leg): Step {
  return step(
    { ...pickFacts(facts), phase: 'promoted', leg, hasEnded: false, isNumberGone: false },
    { type: 'promoted', identity: leg.identity },
    { type: 'remove-number' },
    ...(facts.oldLegEnded ? [] : [{ type: 'remove-old-leg' } as const]),
  );
}

/** Removes the number, and the leg that joined by it. */
export function withdraw(facts: Facts, failure: PromotionFailure): Step {
  const lost = dropLeg(facts);
  return step(
    { ...lost.facts, phase: 'withdrawing', failure },
    ...lost.effects,
    ...(facts.leg ? [removeLeg(facts.leg.identity)] : []),
    { type: 'remove-number' },
  );
}

export function toFailure(answer: ReferAnswer): PromotionFailure {
  return answer.how === 'called' ? failPromotion('human-left') : answer.failure;
}
