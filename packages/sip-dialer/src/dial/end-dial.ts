import type { DialEffect } from './dial-event.js';
import type { DialLimits } from './dial-limits.js';
import type { DialEnding, DialFacts, DialState } from './dial-state.js';

export type DialTransition = readonly [DialState, readonly DialEffect[]];

/** Ends the attempt: immediately if no phone can be ringing, otherwise after the leg is removed. */
export function endDial(facts: DialFacts, ending: DialEnding, at: number, limits: DialLimits): DialTransition {
  if (!mayRing(facts, ending)) return settleDial(facts, ending, at);
  const isUnseen = !facts.joined && ending.type === 'api-failed' && ending.failure.kind === 'connection-lost';
  const ms = isUnseen ? limits.unseenLegMs : limits.removalMs;
  return [
    { phase: 'removing-leg', facts, ending },
    [{ type: 'set-timer', timer: 'removal', ms }, { type: 'remove-leg' }],
  ];
}

function mayRing(facts: DialFacts, ending: DialEnding): boolean {
  if (facts.request === 'unsent' || facts.legGone) return false;
  if (facts.request === 'pending') return true;
  if (ending.type !== 'api-failed') return true;
  return (
    ending.failure.kind === 'ambiguous' ||
    ending.failure.kind === 'connection-lost' ||
    ending.failure.kind === 'gateway-ended'
  );
}

export function settleDial(facts: DialFacts, ending: DialEnding, at: number): DialTransition {
  const answered = ending.type === 'answered';
  const timings = { ...facts.timings, [answered ? 'answeredAt' : 'endedAt']: at };
  const effects: DialEffect[] = answered ? [{ type: 'report', status: 'answered', at }] : [];
  return [{ phase: 'settled', facts: { ...facts, timings }, ending }, [...effects, { type: 'settle' }]];
}
