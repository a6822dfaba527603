import type { ApiFailure } from '../api/api-failure.js';
import type { DialEnding, DialFacts } from './dial-state.js';
import type { DialFailed, DialFailureStatus } from '../outcome/dial-outcome.js';
import type { TimePlan } from '../request/plan-time.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { disconnectReasonName } from '../leg/disconnect-reason.js';
import { explainSipStatus } from '../outcome/sip-responses.js';

type Verdict = Pick<DialFailed, 'status' | 'retryable' | 'certainty'>;

/** What an attempt that was not answered comes to. */
export function judge(facts: DialFacts, ending: Exclude<DialEnding, { type: 'answered' }>, time: TimePlan): DialFailed {
  const error = ending.type === 'api-failed' ? ending.failure.error : hungUpEarly(facts, ending);
  const reason = disconnectReasonName(facts.disconnectReason);
  const cause =
    ending.type === 'aborted' ? ending.reason : (error ?? facts.failure?.error ?? serverLost(facts, ending));
  return {
    ...reachVerdict(facts, ending),
    ...(error?.sipStatusCode !== undefined && { sipStatusCode: error.sipStatusCode }),
    ...(error?.sipStatus !== undefined && { sipStatus: error.sipStatus }),
    ...(reason !== undefined && { disconnectReason: reason }),
    ...(facts.callStatus !== undefined && { lastCallStatus: facts.callStatus }),
    timings: facts.timings,
    ...tellKeysLeft(facts, time),
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
  { live, rang, pickedUp, disconnectReason }: DialFacts,
  ending: DialEnding,
): SipDialerError | undefined {
  const reason = disconnectReasonName(disconnectReason);
  if (ending.type !== 'left' || !live || (reason !== undefined && reason !== 'SERVER_SHUTDOWN')) return undefined;
  const when = pickedUp
    ? 'after the phone was picked up'
    : rang
      ? 'while the phone was ringing'
      : 'before the phone rang';
  return new SipDialerError('connection-lost', `the connection to the server was lost ${when}`);
}

/** The gateway presses all keys before it hangs up, whether the leg is there or not. */
function tellKeysLeft(facts: DialFacts, { dtmfMs, waits }: TimePlan): Pick<DialFailed, 'keysLeftMs'> {
  const { keysAt, callStatus, request, timings } = facts;
  const through = waits && request === 'succeeded';
  if (keysAt === undefined || callStatus !== 'automation' || through) return {};
  const keysLeftMs = keysAt + dtmfMs - (timings.endedAt ?? keysAt);
  return keysLeftMs > 0 ? { keysLeftMs } : {};
}

/** A phone may ring and stop for this long, in milliseconds, without being seen. */
const unseenMs = 1_000;

/** Whether a response ended the attempt, and no other than 100 came before it, which the gateway shows as ringing. */
function wasBeforeRinging(facts: DialFacts, ending: DialEnding): boolean {
  const { rang, pickedUp, live, seenAt, timings } = facts;
  if (ending.type !== 'api-failed' || ending.failure.kind !== 'sip' || rang || pickedUp) return false;
  const { requestedAt, endedAt = Infinity } = timings;
  return live || endedAt - (seenAt ?? requestedAt) <= unseenMs;
}

function reachVerdict(facts: DialFacts, ending: Exclude<DialEnding, { type: 'answered' }>): Verdict {
  switch (ending.type) {
    case 'aborted':
      return { status: 'canceled', retryable: false };
    case 'ring-limit':
      return unanswered(facts);
    case 'left':
      return judgeLeaving(facts);
    default:
      return judgeFailure(facts, ending.failure);
  }
}

function judgeSipCode(code: number): Verdict {
  const { status, retryable } = explainSipStatus(code);
  return { status, retryable };
}

function judgeFailure(facts: DialFacts, { kind, error }: ApiFailure): Verdict {
  switch (kind) {
    case 'sip':
      return judgeSipCode(error.sipStatusCode ?? 0);
    case 'gave-up':
      if (wasRemoved(facts)) return { status: 'canceled', retryable: false };
      // Our ring limit is never the longer one, so this came early; without the leg's reason, nobody knows why.
      return facts.disconnectReason === undefined && facts.rang ? assume('no-answer', true) : unanswered(facts);
    case 'unauthorized':
      return { status: 'trunk-rejected', retryable: false };
    case 'refused':
      // Of all that a request names, only a trunk can be unknown.
      if (error.serverCode === 'not_found') return { status: 'trunk-rejected', retryable: false };
      return { status: 'failed', retryable: error.httpStatus === 429 };
    default:
      return { status: 'failed', retryable: true };
  }
}

/** Only the history of the attributes tells "rang" from "nothing there": the server's error is the same. */
function unanswered(facts: DialFacts): Verdict {
  if (facts.rang) return { status: 'no-answer', retryable: true };
  if (facts.callStatus !== undefined) return { status: 'unreachable', retryable: true };
  return { status: 'no-answer', retryable: true, certainty: 'assumed' };
}

function wasRemoved(facts: DialFacts): boolean {
  const reason = disconnectReasonName(facts.disconnectReason);
  return reason === 'PARTICIPANT_REMOVED' || reason === 'ROOM_DELETED';
}

const assume = (status: DialFailureStatus, retryable: boolean): Verdict => ({
  status,
  retryable,
  certainty: 'assumed',
});

/** No response is known, only why the leg left. */
function judgeLeaving(facts: DialFacts): Verdict {
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
