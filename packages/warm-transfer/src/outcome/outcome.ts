import type { TranscriptTurn } from '@org/briefing-agent';
import type { AttemptRecord } from './attempt-record.js';
import type { CallerFate, Ending } from '../machine/types/ending.js';
import type { MergedCall } from './merged-call.js';
import type { TransferPhase } from './transfer-phase.js';

/**
 * When things happened, in milliseconds since the epoch; what did not happen is absent. Of several attempts, the first
 * time; each attempt has timings of its own.
 */
export interface TransferTimings {
  /** The transfer began. */
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
  /** How long each phase lasted in all, in milliseconds. */
  readonly phasesMs: Readonly<Partial<Record<TransferPhase, number>>>;
}

/** What every outcome tells, whatever its status. */
export interface TransferFacts {
  readonly transferId: string;
  readonly timings: TransferTimings;
  /** Every dial, in the order in which they began. */
  readonly attempts: readonly AttemptRecord[];
  /** What was said in the last consult (personal data); empty when nobody answered. */
  readonly transcript: readonly TranscriptTurn[];
  /** Causes that came after the first one, and trouble while cleaning up until now. Never the reason of the outcome. */
  readonly notes: readonly unknown[];
  /** A sentence about the outcome that an agent can say to the caller, or hand to its model. */
  toSpeech(): string;
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

/** Nobody was connected. */
export type FailedOutcome = TransferFacts &
  WithoutKind<Ending> & {
    /** The caller's fate: `returned` to the AI unless they left, the policy said otherwise, or the session is closed. */
    readonly caller: CallerFate;
  };

/**
 * How a transfer ended. Told apart by `status`:
 * `connected`, `declined`, `voicemail`, `silent`, `no-answer`, `busy`, `rejected`, `unreachable`, `invalid-number`,
 * `trunk-rejected`, `human-left`, `timed-out`, `merge-failed`, `caller-left`, `caller-canceled`, `aborted`,
 * `already-running`, `no-target`, `outside-hours`, `failed`.
 */
export type TransferOutcome = ConnectedOutcome | AlreadyRunningOutcome | FailedOutcome;

export type TransferStatus = TransferOutcome['status'];

type WithoutKind<T> = T extends unknown ? Omit<T, 'kind'> : never;
