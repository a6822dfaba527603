import type { TranscriptTurn } from '@org/briefing-agent';
import type { AttemptRecord } from './attempt-record.js';
import type { CallerDisposition, TransferFailure } from '../machine/types/ending.js';
import type { ConnectedCall } from './connected-call.js';
import type { TransferPhase } from './transfer-phase.js';

/**
 * Times of a transfer, in milliseconds since the epoch; steps that did not happen are absent. Each is the first one of
 * several attempts; every attempt has timings of its own.
 */
export interface TransferTimings {
  /** The transfer began. */
  readonly startedAt: number;
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  /** The human agent accepted. */
  readonly acceptedAt?: number;
  /** Caller and human agent were verified to hear each other. */
  readonly mergedAt?: number;
  /** The outcome was final. */
  readonly settledAt: number;
  /** Total milliseconds of each phase. */
  readonly phasesMs: Readonly<Partial<Record<TransferPhase, number>>>;
}

/** The fields of every outcome. */
export interface OutcomeCommon {
  readonly transferId: string;
  readonly timings: TransferTimings;
  /** Every dial, in the order in which they began. */
  readonly attempts: readonly AttemptRecord[];
  /** Transcript of the last consult (personal data); empty if no attempt was answered. */
  readonly transcript: readonly TranscriptTurn[];
  /** Later and non-fatal errors, and errors of the cleanup until now. Never the reason of the outcome. */
  readonly warnings: readonly unknown[];
  /** Returns a sentence about the outcome, for the caller or the agent's model. */
  describe(): string;
}

/** Caller and human agent are talking. */
export type ConnectedOutcome = OutcomeCommon & {
  readonly status: 'connected';
  readonly humanAgentIdentity: string;
  readonly call: ConnectedCall;
};

/** Another transfer of the same caller runs; this one has done nothing. */
export type AlreadyRunningOutcome = OutcomeCommon & {
  readonly status: 'already-running';
  /** `transferId` of the running one. */
  readonly runningTransferId: string;
};

/** The caller was not connected. */
export type FailedOutcome = OutcomeCommon &
  WithoutKind<TransferFailure> & {
    /**
     * Where the caller ended up: `returned` to the AI unless the caller left, the policy decided otherwise, or the
     * session is closed.
     */
    readonly caller: CallerDisposition;
  };

/**
 * The outcome of a transfer, distinguished by `status`; new ones may come: `connected`, `declined`, `voicemail`,
 * `no-speech`, `no-answer`, `busy`, `rejected`, `unreachable`, `invalid-number`, `trunk-rejected`,
 * `human-disconnected`, `timed-out`, `merge-failed`, `caller-left`, `caller-canceled`, `aborted`, `already-running`,
 * `no-target`, `closed`, `failed`.
 */
export type TransferOutcome = ConnectedOutcome | AlreadyRunningOutcome | FailedOutcome;

export type TransferStatus = TransferOutcome['status'];

type WithoutKind<T> = T extends unknown ? Omit<T, 'kind'> : never;
