import type { LimitName } from '../machine/types/ending.js';
import type { AlreadyRunningOutcome, ConnectedOutcome, FailedOutcome, OutcomeCommon } from './outcome.js';

/** An outcome without the common fields. */
export type OutcomeSummary = WithoutFacts<ConnectedOutcome | AlreadyRunningOutcome | FailedOutcome>;

type WithoutFacts<T> = T extends unknown ? Omit<T, keyof OutcomeCommon> : never;

/** Returns a sentence about an outcome, for the caller or the agent's model. */
export function describeOutcome(outcome: OutcomeSummary): string {
  if ('caller' in outcome && outcome.caller === 'cold-transferred')
    return 'The caller was transferred to another number.';
  if ('caller' in outcome && outcome.caller === 'hung-up') return 'The call with the caller was ended.';
  if ('caller' in outcome && outcome.caller === 'stranded') return 'The caller could not be returned to me.';
  switch (outcome.status) {
    case 'connected':
      return 'You are connected.';
    case 'declined':
      return [
        `The person I reached cannot take the call. They said: ${quoted(outcome.reason)}`,
        ...(outcome.redirectTo === undefined ? [] : [`They suggested: ${quoted(outcome.redirectTo)}.`]),
      ].join(' ');
    case 'voicemail':
      return 'I reached a voicemail box, not a person.';
    case 'no-speech':
      return 'Somebody picked up, but nobody spoke.';
    case 'no-answer':
      return 'Nobody answered the phone.';
    case 'busy':
      return 'The line is busy.';
    case 'rejected':
      return 'The call was rejected.';
    case 'unreachable':
      return 'The phone could not be reached.';
    case 'invalid-number':
      return 'The number is not in service.';
    case 'trunk-rejected':
      return 'The phone network did not accept the call.';
    case 'human-disconnected':
      return outcome.how === 'hung-up'
        ? 'The person I reached hung up before I could connect you.'
        : 'I lost the line to the person I reached.';
    case 'timed-out':
      return timeOver(outcome.limit);
    case 'merge-failed':
      return 'The person was ready to talk, but I could not connect you.';
    case 'caller-left':
      return 'The caller hung up before the transfer was complete.';
    case 'caller-canceled':
      return 'You asked to come back to me, so I stopped the transfer.';
    case 'aborted':
      return 'The transfer was canceled.';
    case 'already-running':
      return 'A transfer is already under way.';
    case 'no-target':
      return outcome.why === 'unknown-department'
        ? 'I do not know that department.'
        : 'There is nobody I can call right now.';
    case 'closed':
      return 'They are closed at the moment.';
    case 'failed':
      return 'The transfer failed for a technical reason.';
  }
}

/** Quotes words for a model, so that they cannot end their own quotation. */
const quoted = (words: string): string => `"${words.replaceAll('"', "'")}"`;

function timeOver(limit: LimitName): string {
  switch (limit) {
    case 'briefing':
      return 'The person I reached did not decide in time.';
    case 'merging':
      return 'The person was ready to talk, but I could not connect you in time.';
    case 'dialing':
    case 'opening':
      return 'I could not reach anybody in time.';
    default:
      return 'The transfer took too long.';
  }
}
