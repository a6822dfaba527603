import type { LegSeen } from '../leg/leg-observer.js';
import type { DialEffect, DialEvent } from './dial-event.js';
import type { DialFacts } from './dial-state.js';

type Update = readonly [DialFacts, readonly DialEffect[]];

/** Adds an event to the facts, and returns the progress to report. With `removing`, a disconnect reason is ours and not kept. */
export function updateFacts(facts: DialFacts, event: DialEvent, at: number, removing: boolean): Update {
  switch (event.type) {
    case 'start':
      return [{ ...facts, request: 'pending' }, []];
    case 'api-succeeded':
      return [{ ...facts, request: 'succeeded', callId: event.callId, joined: true }, []];
    case 'api-failed':
      return [{ ...facts, request: 'failed', failure: event.failure }, []];
    case 'seen':
      return facts.legGone ? [facts, []] : seeLeg(facts, event, at);
    case 'left': {
      if (facts.legGone) return [facts, []];
      const { disconnectReason } = event;
      const reason = removing || disconnectReason === undefined ? {} : { disconnectReason };
      return [{ ...facts, joined: true, legGone: true, ...reason }, []];
    }
    default:
      return [facts, []];
  }
}

function seeLeg(facts: DialFacts, { callStatus, callId, live }: LegSeen, at: number): Update {
  const effects: DialEffect[] = [];
  let { timings, ringingSeen, pickedUp, dtmfStartedAt } = facts;
  if (timings.dialingAt === undefined) {
    timings = { ...timings, dialingAt: at };
    effects.push({ type: 'report', status: 'dialing', at });
  }
  if (callStatus === 'ringing' && !ringingSeen) {
    ringingSeen = true;
    timings = { ...timings, ringingAt: at };
    effects.push({ type: 'report', status: 'ringing', at });
  }
  // `automation`: answered, and the keys of the dial are playing.
  if (callStatus === 'automation' || callStatus === 'active') pickedUp = true;
  if (callStatus === 'automation') dtmfStartedAt ??= at;
  const read = {
    ...(callStatus !== undefined && { callStatus }),
    ...(callId !== undefined && { callId }),
    ...(dtmfStartedAt !== undefined && { dtmfStartedAt }),
  };
  return [{ ...facts, ...read, joined: true, legObserved: live, seenAt: at, ringingSeen, pickedUp, timings }, effects];
}
