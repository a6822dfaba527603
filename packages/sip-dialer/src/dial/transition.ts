import type { TimePlan } from '../request/plan-time.js';
import type { DialEffect, DialEvent } from './dial-event.js';
import { type DialEnding, type DialFacts, type DialState, isOver } from './dial-state.js';
import { gatherFacts } from './update-facts.js';
import type { DialLimits } from './dial-limits.js';

export interface DialConditions {
  readonly time: TimePlan;
  readonly limits: DialLimits;
}

type Step = readonly [DialState, readonly DialEffect[]];

/** The whole course of an attempt: pure, so that every order of events can be tried. `at` is when the event happened. */
export function transition(state: DialState, event: DialEvent, at: number, given: DialConditions): Step {
  const over = state.phase === 'clearing' || state.phase === 'settled';
  const [facts, reports] = gatherFacts(state.facts, event, at, over);
  const [next, effects] = step(state, facts, event, at, given);
  return [next, over ? effects : [...reports, ...effects]];
}

function step(state: DialState, facts: DialFacts, event: DialEvent, at: number, given: DialConditions): Step {
  switch (state.phase) {
    case 'idle':
      return begin(facts, event, at, given);
    case 'waiting':
      return wait(facts, event, at, given, state.facts);
    case 'following':
      return follow(facts, event, at, given, state.facts);
    case 'lingering':
      return complete(facts, event, at, given, state.ending);
    case 'clearing': {
      const over = event.type === 'cleared' || (event.type === 'timeout' && event.timer === 'clear');
      return over ? settle(facts, state.ending, at) : [{ ...state, facts }, []];
    }
    default: {
      // The server made the call after all that we gave up on.
      const late = event.type === 'api-succeeded' && state.ending.type !== 'answered';
      return [{ ...state, facts }, late ? [{ type: 'clear-leg' }] : []];
    }
  }
}

function begin(facts: DialFacts, event: DialEvent, at: number, { time }: DialConditions): Step {
  if (event.type === 'abort') return settle(facts, { type: 'aborted', reason: event.reason }, at);
  if (event.type !== 'start') return [{ phase: 'idle', facts }, []];
  const phase = time.waits ? 'waiting' : 'following';
  return [{ phase, facts }, [{ type: 'set-timer', timer: 'ring', ms: time.ringLimitMs }, { type: 'send-request' }]];
}

function wait(facts: DialFacts, event: DialEvent, at: number, given: DialConditions, before: DialFacts): Step {
  const stay = { phase: 'waiting', facts } as const;
  switch (event.type) {
    case 'api-succeeded':
      return answer(facts, at, given);
    case 'seen':
      if (isOver(facts) && !facts.left) return hangUp(facts, given);
      return [stay, pickUp(facts, before, given)];
    case 'left':
      return [stay, [{ type: 'set-timer', timer: 'api', ms: given.limits.leftMs }]];
    case 'timeout':
      if (event.timer === 'api') return silentApi(facts, at, given);
      return giveUp(facts, event, at, given) ?? [stay, []];
    default:
      return giveUp(facts, event, at, given) ?? [stay, []];
  }
}

function follow(facts: DialFacts, event: DialEvent, at: number, given: DialConditions, before: DialFacts): Step {
  const stay = { phase: 'following', facts } as const;
  switch (event.type) {
    case 'api-succeeded':
      // A request that does not wait is answered when the leg has joined.
      return [stay, [{ type: 'clear-timer', timer: 'join' }, { type: 'miss-leg' }]];
    case 'seen':
      if (isOver(facts) && !facts.left) return hangUp(facts, given);
      if (facts.callStatus === 'active' && !facts.left) return answer(facts, at, given);
      return [stay, [{ type: 'clear-timer', timer: 'join' }, ...pickUp(facts, before, given)]];
    case 'left': {
      // The server has a ring limit too, and no less patience than we.
      const late = at - facts.timings.requestedAt >= given.time.ringLimitMs && !facts.pickedUp;
      return end(facts, { type: late ? 'ring-limit' : 'left' }, at, given);
    }
    case 'timeout':
      if (event.timer === 'api') return silentApi(facts, at, given);
      return giveUp(facts, event, at, given) ?? [stay, []];
    default:
      return giveUp(facts, event, at, given) ?? [stay, []];
  }
}

/** The call is ready, unless it is over by now. */
function answer(facts: DialFacts, at: number, given: DialConditions): Step {
  if (facts.left) {
    // Most likely nothing is there any more; but a gateway may have repeated its join.
    const [state, effects] = end(facts, { type: 'left' }, at, given);
    return [state, [...effects, { type: 'clear-leg' }]];
  }
  if (isOver(facts)) return hangUp(facts, given);
  if (given.time.dtmfMs === 0) return settle(facts, { type: 'answered' }, at);
  // As long as it presses keys the gateway heeds no hang-up: it tells of that together with the answer.
  const confirm: DialEffect = { type: 'set-timer', timer: 'confirm', ms: given.limits.confirmMs };
  return [
    { phase: 'lingering', facts, ending: { type: 'answered' } },
    [{ type: 'clear-timer', timer: 'ring' }, { type: 'miss-leg' }, confirm],
  ];
}

/** The phone hung up, and its leg is about to leave. */
function hangUp(facts: DialFacts, { limits }: DialConditions): Step {
  return [
    { phase: 'lingering', facts, ending: { type: 'left' } },
    [
      { type: 'clear-timer', timer: 'ring' },
      { type: 'set-timer', timer: 'linger', ms: limits.hungUpMs },
    ],
  ];
}

/** Whatever comes now, or nothing, completes the picture. */
function complete(facts: DialFacts, event: DialEvent, at: number, given: DialConditions, ending: DialEnding): Step {
  const due = event.type === 'timeout' && (event.timer === 'linger' || event.timer === 'confirm');
  if (ending.type !== 'answered') {
    if (due || event.type === 'left' || event.type === 'abort') return end(facts, ending, at, given);
    return [{ phase: 'lingering', facts, ending }, []];
  }
  if (due) return settle(facts, ending, at);
  if (event.type === 'abort') return end(facts, { type: 'aborted', reason: event.reason }, at, given);
  if (event.type === 'left') return end(facts, { type: 'left' }, at, given);
  if (isOver(facts)) return hangUp(facts, given);
  return [{ phase: 'lingering', facts, ending }, []];
}

/** Nobody can be too late to answer now, but the answer must be confirmed. */
function pickUp(facts: DialFacts, before: DialFacts, { time, limits }: DialConditions): readonly DialEffect[] {
  // Seen again and again, it is confirmed no sooner.
  if (!facts.pickedUp || facts.callStatus === before.callStatus) return [];
  const keysMs = facts.callStatus === 'automation' ? time.dtmfMs : 0;
  return [
    { type: 'clear-timer', timer: 'ring' },
    { type: 'set-timer', timer: 'api', ms: limits.pickedUpMs + keysMs },
  ];
}

/** The confirmation does not come: the leg itself has the last word. */
function silentApi(facts: DialFacts, at: number, given: DialConditions): Step {
  if (!facts.left && facts.pickedUp) return settle(facts, { type: 'answered' }, at);
  return end(facts, { type: 'left' }, at, given);
}

/** The connection to the server is gone, and no leg is to be seen. */
function lost({ failure }: DialFacts): DialEnding {
  return failure === undefined ? { type: 'left' } : { type: 'api-failed', failure };
}

/** What ends an attempt in either phase. */
function giveUp(facts: DialFacts, event: DialEvent, at: number, given: DialConditions): Step | undefined {
  if (event.type === 'abort') return end(facts, { type: 'aborted', reason: event.reason }, at, given);
  if (event.type === 'timeout' && event.timer === 'ring') {
    // Without a leg, a request that failed has not been seen to ring anywhere.
    const unseen = facts.failure !== undefined && !facts.joined;
    return end(facts, unseen ? lost(facts) : { type: 'ring-limit' }, at, given);
  }
  if (event.type === 'timeout' && event.timer === 'join') return end(facts, lost(facts), at, given);
  if (event.type === 'api-failed') return fail(facts, { type: 'api-failed', failure: event.failure }, at, given);
  return undefined;
}

function fail(facts: DialFacts, ending: DialEnding & { type: 'api-failed' }, at: number, given: DialConditions): Step {
  const { kind } = ending.failure;
  if (kind === 'lost') {
    // The server may be dialing: look for the leg instead of dialing again.
    if (facts.left) return end(facts, ending, at, given);
    if (facts.callStatus === 'active') return answer(facts, at, given);
    const join: DialEffect = { type: 'set-timer', timer: 'join', ms: given.limits.joinMs };
    return [{ phase: 'following', facts }, facts.joined ? [] : [join]];
  }
  // A leg that never rang has no track, and its leaving is told of too late to be waited for.
  const leaving = kind === 'gave-up' || ((kind === 'sip' || kind === 'unauthorized') && facts.rang);
  if (leaving && facts.live && !facts.left) {
    const linger: DialEffect = {
      type: 'set-timer',
      timer: 'linger',
      ms: given.limits[kind === 'gave-up' ? 'reasonMs' : 'lingerMs'],
    };
    return [{ phase: 'lingering', facts, ending }, [{ type: 'clear-timer', timer: 'ring' }, linger]];
  }
  return end(facts, ending, at, given);
}

/** Settles at once when no phone can be ringing; otherwise sees to that first. */
function end(facts: DialFacts, ending: DialEnding, at: number, { limits }: DialConditions): Step {
  if (!mayRing(facts, ending)) return settle(facts, ending, at);
  const isUnseen = !facts.joined && ending.type === 'api-failed' && ending.failure.kind === 'lost';
  const ms = isUnseen ? limits.unseenMs : limits.clearMs;
  return [{ phase: 'clearing', facts, ending }, [{ type: 'set-timer', timer: 'clear', ms }, { type: 'clear-leg' }]];
}

function mayRing(facts: DialFacts, ending: DialEnding): boolean {
  if (facts.request === 'unsent' || facts.left) return false;
  if (facts.request === 'pending') return true;
  if (ending.type !== 'api-failed') return true;
  return ending.failure.kind === 'unsure' || ending.failure.kind === 'lost' || ending.failure.kind === 'gave-up';
}

function settle(facts: DialFacts, ending: DialEnding, at: number): Step {
  const answered = ending.type === 'answered';
  const timings = { ...facts.timings, [answered ? 'answeredAt' : 'endedAt']: at };
  const effects: DialEffect[] = answered ? [{ type: 'report', status: 'answered', at }] : [];
  return [{ phase: 'settled', facts: { ...facts, timings }, ending }, [...effects, { type: 'settle' }]];
}
