import type { MergedCall } from './merged-call.js';
import type { Ending } from './machine/ending.js';

/** When things happened, in milliseconds since the epoch; what did not happen is absent. */
export interface TransferTimings {
  /** The transfer began; the caller was put on hold in the same tick. */
  readonly startedAt: number;
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  /** The human agent accepted. */
  readonly acceptedAt?: number;
  /** Both were proven to hear each other. */
  readonly mergedAt?: number;
  /** The outcome stood. */
  readonly settledAt: number;
}

/** What every outcome tells, whatever its status. */
export interface TransferFacts {
  readonly transferId: string;
  readonly timings: TransferTimings;
  /** Causes that came after the first one, and trouble while cleaning up until now. Never the reason of the outcome. */
  readonly notes: readonly unknown[];
}

/** Caller and human agent are talking. */
export type ConnectedOutcome = TransferFacts & {
  readonly status: 'connected';
  readonly humanAgentIdentity: string;
  readonly call: MergedCall;
};

/** Another transfer of the same caller is running; this one has done nothing. */
export type AlreadyRunningOutcome = TransferFacts & {
  readonly status: 'already-running';
  /** `transferId` of the running one. */
  readonly runningTransferId: string;
};

/** Nobody was connected, and the caller is back with the AI, or gone. */
export type FailedOutcome = TransferFacts & WithoutKind<Ending>;

/**
 * How a transfer ended. Told apart by `status`:
 * `connected`, `declined`, `voicemail`, `silent`, `no-answer`, `busy`, `rejected`, `unreachable`, `invalid-number`,
 * `trunk-rejected`, `human-left`, `timed-out`, `merge-failed`, `caller-left`, `aborted`, `already-running`, `failed`.
 */
export type TransferOutcome = ConnectedOutcome | AlreadyRunningOutcome | FailedOutcome;

export type TransferStatus = TransferOutcome['status'];

type WithoutKind<T> = T extends unknown ? Omit<T, 'kind'> : never;

/** A sentence about an outcome that an agent can say to the caller, or hand to its model. */
export function outcomeToSpeech(outcome: TransferOutcome): string {
  switch (outcome.status) {
    case 'connected':
      return 'You are connected.';
    case 'declined':
      return outcome.redirectTo === undefined
        ? `The person I reached cannot take the call: ${outcome.reason}`
        : `The person I reached cannot take the call: ${outcome.reason} They suggested ${outcome.redirectTo}.`;
    case 'voicemail':
      return 'I reached a voicemail box, not a person.';
    case 'silent':
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
    case 'human-left':
      return outcome.how === 'hung-up'
        ? 'The person I reached hung up before I could connect you.'
        : 'I lost the line to the person I reached.';
    case 'timed-out':
      return 'It took too long to reach a decision.';
    case 'merge-failed':
      return 'The person was ready to talk, but I could not connect you.';
    case 'caller-left':
      return 'The caller hung up before the transfer was complete.';
    case 'aborted':
      return 'The transfer was canceled.';
    case 'already-running':
      return 'A transfer is already under way.';
    case 'failed':
      return 'The transfer failed for a technical reason.';
  }
}
