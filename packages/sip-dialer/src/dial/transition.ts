import type { TimePlan } from '../request/plan-time.js';
import type { DialEffect, DialEvent } from './dial-event.js';
import type { DialLimits } from './dial-limits.js';
import { type DialEnding, type DialFacts, type DialState, isOver } from './dial-state.js';
import { type DialTransition, endDial, settleDial } from './end-dial.js';
import { updateFacts } from './update-facts.js';

export interface DialConditions {
  readonly time: TimePlan;
  readonly limits: DialLimits;
}

/** Returns the next state and effects of an attempt. Pure, so that tests can try every order of events. `at`: when the event happened. */
export function transition(state: DialState, event: DialEvent, at: number, given: DialConditions): DialTransition {
  const over = state.phase === 'removing-leg' || state.phase === 'settled';
  const [facts, reports] = updateFacts(state.facts, event, at, over);
  const [next, effects] = step(state, facts, event, at, given);
  return [next, over ? effects : [...reports, ...effects]];
}

function step(state: DialState, facts: DialFacts, event: DialEvent, at: number, given: DialConditions): DialTransition {
  switch (state.phase) {
    case 'idle':
      return start(facts, event, at, given);
    case 'awaiting-response':
      return awaitResponse(facts, event, at, given, state.facts);
    case 'watching-leg':
      return watchLeg(facts, event, at, given, state.facts);
    case 'awaiting-reason':
      return awaitReason(facts, event, at, given, state.ending);
    case 'removing-leg': {
      const over = event.type === 'leg-removed' || (event.type === 'timeout' && event.timer === 'removal');
      return over ? settleDial(facts, state.ending, at) : [{ ...state, facts }, []];
    }
    default: {
      // The server placed the call although the attempt has ended.
      const late = event.type === 'api-succeeded' && state.ending.type !== 'answered';
      return [{ ...state, facts }, late ? [{ type: 'remove-leg' }] : []];
    }
  }
}

function start(facts: DialFacts, event: DialEvent, at: number, { time }: DialConditions): DialTransition {
  if (event.type === 'abort') return settleDial(facts, { type: 'aborted', reason: event.reason }, at);
  if (event.type !== 'start') return [{ phase: 'idle', facts }, []];
  const phase = time.waits ? 'awaiting-response' : 'watching-leg';
  return [
    { phase, facts },
    [{ type: 'set-timer', timer: 'ring', ms: time.ringingTimeoutMs }, { type: 'send-request' }],
  ];
}

function awaitResponse(
  facts: DialFacts,
  event: DialEvent,
  at: number,
  given: DialConditions,
  before: DialFacts,
): DialTransition {
  const stay = { phase: 'awaiting-response', facts } as const;
  switch (event.type) {
    case 'api-succeeded':
      return answer(facts, at, given);
    case 'seen':
      if (isOver(facts) && !facts.legGone) return hangUp(facts, given);
      return [stay, pickUp(facts, before, given)];
    case 'left':
      return [stay, [{ type: 'set-timer', timer: 'api', ms: given.limits.leftMs }]];
    case 'timeout':
      if (event.timer === 'api') return onApiTimeout(facts, at, given);
      return giveUp(facts, event, at, given) ?? [stay, []];
    default:
      return giveUp(facts, event, at, given) ?? [stay, []];
  }
}

function watchLeg(
  facts: DialFacts,
  event: DialEvent,
  at: number,
  given: DialConditions,
  before: DialFacts,
): DialTransition {
  const stay = { phase: 'watching-leg', facts } as const;
  switch (event.type) {
    case 'api-succeeded':
      // A request that does not wait is answered when the leg has joined.
      return [stay, [{ type: 'clear-timer', timer: 'join' }, { type: 'expect-leg' }]];
    case 'seen':
      if (isOver(facts) && !facts.legGone) return hangUp(facts, given);
      if (facts.callStatus === 'active' && !facts.legGone) return answer(facts, at, given);
      return [stay, [{ type: 'clear-timer', timer: 'join' }, ...pickUp(facts, before, given)]];
    case 'left': {
      // The server's ringing timeout is no shorter than the local one.
      const late = at - facts.timings.requestedAt >= given.time.ringingTimeoutMs && !facts.pickedUp;
      return endDial(facts, { type: late ? 'ring-limit' : 'left' }, at, given.limits);
    }
    case 'timeout':
      if (event.timer === 'api') return onApiTimeout(facts, at, given);
      return giveUp(facts, event, at, given) ?? [stay, []];
    default:
      return giveUp(facts, event, at, given) ?? [stay, []];
  }
}

/** Settles as answered, unless the call has ended already. */
function answer(facts: DialFacts, at: number, given: DialConditions): DialTransition {
  if (facts.legGone) {
    // Most likely no leg is left, but the gateway may have repeated its join.
    const [state, effects] = endDial(facts, { type: 'left' }, at, given.limits);
    return [state, [...effects, { type: 'remove-leg' }]];
  }
  if (isOver(facts)) return hangUp(facts, given);
  if (given.time.dtmfMs === 0) return settleDial(facts, { type: 'answered' }, at);
  // While the gateway plays keys, it ignores a hang-up, and reports it together with the answer.
  const confirm: DialEffect = { type: 'set-timer', timer: 'confirm', ms: given.limits.confirmMs };
  return [
    { phase: 'awaiting-reason', facts, ending: { type: 'answered' } },
    [{ type: 'clear-timer', timer: 'ring' }, { type: 'expect-leg' }, confirm],
  ];
}

/** Waits for the departure of the leg, since its phone hung up. */
function hangUp(facts: DialFacts, { limits }: DialConditions): DialTransition {
  return [
    { phase: 'awaiting-reason', facts, ending: { type: 'left' } },
    [
      { type: 'clear-timer', timer: 'ring' },
      { type: 'set-timer', timer: 'reason', ms: limits.hungUpMs },
    ],
  ];
}

/** Waits for the last fact: a disconnect reason, or a hang-up while the keys were played. */
function awaitReason(
  facts: DialFacts,
  event: DialEvent,
  at: number,
  given: DialConditions,
  ending: DialEnding,
): DialTransition {
  const due = event.type === 'timeout' && (event.timer === 'reason' || event.timer === 'confirm');
  if (ending.type !== 'answered') {
    if (due || event.type === 'left' || event.type === 'abort') return endDial(facts, ending, at, given.limits);
    return [{ phase: 'awaiting-reason', facts, ending }, []];
  }
  if (due) return settleDial(facts, ending, at);
  if (event.type === 'abort') return endDial(facts, { type: 'aborted', reason: event.reason }, at, given.limits);
  if (event.type === 'left') return endDial(facts, { type: 'left' }, at, given.limits);
  if (isOver(facts)) return hangUp(facts, given);
  return [{ phase: 'awaiting-reason', facts, ending }, []];
}

/** Replaces the ringing timeout by one for the confirmation of the answer. */
function pickUp(facts: DialFacts, before: DialFacts, { time, limits }: DialConditions): readonly DialEffect[] {
  // Repeated reports of the same status must not extend the timeout.
  if (!facts.pickedUp || facts.callStatus === before.callStatus) return [];
  const keysMs = facts.callStatus === 'automation' ? time.dtmfMs : 0;
  return [
    { type: 'clear-timer', timer: 'ring' },
    { type: 'set-timer', timer: 'api', ms: limits.pickedUpMs + keysMs },
  ];
}

/** Decides by the leg, since the request was not confirmed in time. */
function onApiTimeout(facts: DialFacts, at: number, given: DialConditions): DialTransition {
  if (!facts.legGone && facts.pickedUp) return settleDial(facts, { type: 'answered' }, at);
  return endDial(facts, { type: 'left' }, at, given.limits);
}

/** Returns the cause when the connection to the server is lost and no leg is in the room. */
function connectionLost({ failure }: DialFacts): DialEnding {
  return failure === undefined ? { type: 'left' } : { type: 'api-failed', failure };
}

/** Handles the events that end an attempt in either phase. */
function giveUp(facts: DialFacts, event: DialEvent, at: number, given: DialConditions): DialTransition | undefined {
  if (event.type === 'abort') return endDial(facts, { type: 'aborted', reason: event.reason }, at, given.limits);
  if (event.type === 'timeout' && event.timer === 'ring') {
    // A failed request without a leg was never seen ringing.
    const unseen = facts.failure !== undefined && !facts.joined;
    return endDial(facts, unseen ? connectionLost(facts) : { type: 'ring-limit' }, at, given.limits);
  }
  if (event.type === 'timeout' && event.timer === 'join')
    return endDial(facts, connectionLost(facts), at, given.limits);
  if (event.type === 'api-failed') return fail(facts, { type: 'api-failed', failure: event.failure }, at, given);
  return undefined;
}

function fail(
  facts: DialFacts,
  ending: DialEnding & { type: 'api-failed' },
  at: number,
  given: DialConditions,
): DialTransition {
  const { kind } = ending.failure;
  if (kind === 'connection-lost') {
    // The server may be dialing: wait for the leg instead of dialing again.
    if (facts.legGone) return endDial(facts, ending, at, given.limits);
    if (facts.callStatus === 'active') return answer(facts, at, given);
    const expectLeg: DialEffect = { type: 'set-timer', timer: 'join', ms: given.limits.joinMs };
    return [{ phase: 'watching-leg', facts }, facts.joined ? [] : [expectLeg]];
  }
  // A leg that never rang has no track, so that its departure is reported too late to wait for it.
  const leaving = kind === 'gateway-ended' || ((kind === 'sip' || kind === 'unauthorized') && facts.ringingSeen);
  if (leaving && facts.legObserved && !facts.legGone) {
    const reasonTimer: DialEffect = {
      type: 'set-timer',
      timer: 'reason',
      ms: given.limits[kind === 'gateway-ended' ? 'decisiveReasonMs' : 'reasonAfterResponseMs'],
    };
    return [{ phase: 'awaiting-reason', facts, ending }, [{ type: 'clear-timer', timer: 'ring' }, reasonTimer]];
  }
  return endDial(facts, ending, at, given.limits);
}
