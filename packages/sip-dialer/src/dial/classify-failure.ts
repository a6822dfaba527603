import type { ApiFailure } from '../api/api-failure.js';
import type { DialEnding, DialFacts } from './dial-state.js';
import type { DialFailed, DialFailureStatus } from '../outcome/dial-outcome.js';
import type { TimePlan } from '../request/plan-time.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { disconnectReasonName } from '../leg/disconnect-reason.js';
import { explainSipStatus } from '../outcome/sip-responses.js';

type Classification = Pick<DialFailed, 'status' | 'retryable' | 'certainty'>;

/** Returns the outcome of an attempt that was not answered. */
export function classifyFailure(
  facts: DialFacts,
  ending: Exclude<DialEnding, { type: 'answered' }>,
  time: TimePlan,
): DialFailed {
  const error = ending.type === 'api-failed' ? ending.failure.error : hungUpEarly(facts, ending);
  const reason = disconnectReasonName(facts.disconnectReason);
  const cause =
    ending.type === 'aborted' ? ending.reason : (error ?? facts.failure?.error ?? serverLost(facts, ending));
  return {
    ...classify(facts, ending),
    ...(error?.sipStatusCode !== undefined && { sipStatusCode: error.sipStatusCode }),
    ...(error?.sipStatus !== undefined && { sipStatus: error.sipStatus }),
    ...(reason !== undefined && { disconnectReason: reason }),
    ...(facts.callStatus !== undefined && { lastCallStatus: facts.callStatus }),
    timings: facts.timings,
    ...remainingDtmf(facts, time),
    ...(wasBeforeRinging(facts, ending) && { beforeRinging: true }),
    ...(cause !== undefined && { cause }),
  };
}

function hungUpEarly({ callStatus }: DialFacts, ending: DialEnding): SipDialerError | undefined {
  if (ending.type !== 'left' || callStatus !== 'hangup') return undefined;
  return new SipDialerError('call-failed', 'the phone took the call, and hung up before it was ready');
}

/** A leg that is seen to leave for no reason of its own, while its request is open, is lost with the server. */
function serverLost(
  { legObserved, ringingSeen, pickedUp, disconnectReason }: DialFacts,
  ending: DialEnding,
): SipDialerError | undefined {
  const reason = disconnectReasonName(disconnectReason);
  if (ending.type !== 'left' || !legObserved || (reason !== undefined && reason !== 'SERVER_SHUTDOWN'))
    return undefined;
  const when = pickedUp
    ? 'after the phone was picked up'
    : ringingSeen
      ? 'while the phone was ringing'
      : 'before the phone rang';
  return new SipDialerError('connection-lost', `the connection to the server was lost ${when}`);
}

/** The gateway presses all keys before it hangs up, whether the leg is there or not. */
function remainingDtmf(facts: DialFacts, { dtmfMs, waits }: TimePlan): Pick<DialFailed, 'dtmfRemainingMs'> {
  const { dtmfStartedAt, callStatus, request, timings } = facts;
  const through = waits && request === 'succeeded';
  if (dtmfStartedAt === undefined || callStatus !== 'automation' || through) return {};
  const dtmfRemainingMs = dtmfStartedAt + dtmfMs - (timings.endedAt ?? dtmfStartedAt);
  return dtmfRemainingMs > 0 ? { dtmfRemainingMs } : {};
}

/** A phone may ring and stop for this long, in milliseconds, without being seen. */
const unseenMs = 1_000;

/** Whether a response ended the attempt, and no other than 100 came before it, which the gateway shows as ringing. */
function wasBeforeRinging(facts: DialFacts, ending: DialEnding): boolean {
  const { ringingSeen, pickedUp, legObserved, seenAt, timings } = facts;
  if (ending.type !== 'api-failed' || ending.failure.kind !== 'sip' || ringingSeen || pickedUp) return false;
  const { requestedAt, endedAt = Infinity } = timings;
  return legObserved || endedAt - (seenAt ?? requestedAt) <= unseenMs;
}

function classify(facts: DialFacts, ending: Exclude<DialEnding, { type: 'answered' }>): Classification {
  switch (ending.type) {
    case 'aborted':
      return { status: 'canceled', retryable: false };
    case 'ring-limit':
      return unanswered(facts);
    case 'left':
      return classifyDeparture(facts);
    default:
      return classifyApiFailure(facts, ending.failure);
  }
}

function classifySipStatus(code: number): Classification {
  const { status, retryable } = explainSipStatus(code);
  return { status, retryable };
}

function classifyApiFailure(facts: DialFacts, { kind, error }: ApiFailure): Classification {
  switch (kind) {
    case 'sip':
      return classifySipStatus(error.sipStatusCode ?? 0);
    case 'gateway-ended':
      if (wasRemoved(facts)) return { status: 'canceled', retryable: false };
      // The local ringing timeout is never the longer one, so this came early; only the leg's reason would tell why.
      return facts.disconnectReason === undefined && facts.ringingSeen ? assume('no-answer', true) : unanswered(facts);
    case 'unauthorized':
      return { status: 'trunk-rejected', retryable: false };
    case 'rejected':
      // Of all that a request names, only a trunk can be unknown.
      if (error.serverCode === 'not_found') return { status: 'trunk-rejected', retryable: false };
      return { status: 'failed', retryable: error.httpStatus === 429 };
    default:
      return { status: 'failed', retryable: true };
  }
}

/** The server's error is the same for "rang" and "nothing there": only the attributes seen before differ. */
function unanswered(facts: DialFacts): Classification {
  if (facts.ringingSeen) return { status: 'no-answer', retryable: true };
  if (facts.callStatus !== undefined) return { status: 'unreachable', retryable: true };
  return { status: 'no-answer', retryable: true, certainty: 'assumed' };
}

function wasRemoved(facts: DialFacts): boolean {
  const reason = disconnectReasonName(facts.disconnectReason);
  return reason === 'PARTICIPANT_REMOVED' || reason === 'ROOM_DELETED';
}

const assume = (status: DialFailureStatus, retryable: boolean): Classification => ({
  status,
  retryable,
  certainty: 'assumed',
});

/** No response is known, only why the leg left. */
function classifyDeparture(facts: DialFacts): Classification {
  if (facts.callStatus === 'hangup') return { status: 'failed', retryable: true };
  if (wasRemoved(facts)) return { status: 'canceled', retryable: false };
  if (facts.pickedUp) return assume('failed', true);
  switch (disconnectReasonName(facts.disconnectReason)) {
    case 'USER_UNAVAILABLE':
      return { ...unanswered(facts), certainty: 'assumed' };
    case 'USER_REJECTED':
      // Most often 486; the gateway gives the same reason for a few others.
      return assume('busy', true);
    case 'SIP_TRUNK_FAILURE':
      return assume('trunk-rejected', false);
    default:
      return assume('failed', true);
  }
}
