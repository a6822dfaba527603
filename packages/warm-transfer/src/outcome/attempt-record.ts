import type { TranscriptTurn } from '@org/briefing-agent';
import type { AttemptEnd } from '../machine/types/ending.js';

/** Times of one attempt, in milliseconds since the epoch; steps that did not happen are absent. */
export interface AttemptTimings {
  readonly startedAt: number;
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly acceptedAt?: number;
  readonly mergedAt?: number;
  /** The attempt ended. */
  readonly endedAt?: number;
}

/**
 * The result of an attempt: its own status, `answered-elsewhere` if another target got the caller, or `canceled` with
 * the transfer.
 */
type AttemptResult = AttemptEnd extends infer E ? (E extends unknown ? Omit<E, 'kind'> : never) : never;

/** One dial of one target. Number, name, identity and transcript are personal data. */
export interface AttemptRecord {
  readonly attemptId: string;
  readonly sipCallTo: string;
  /** Name of the target, if it has one. */
  readonly name?: string;
  /** Set for the second call to a target whose network rejected the caller ID of the first: a number of the trunk. */
  readonly callerId?: 'trunk';
  /** Identity of the human agent in the consult room. */
  readonly humanAgentIdentity?: string;
  /** Absent while the attempt runs, and for the connected one. */
  readonly result?: AttemptResult;
  readonly timings: AttemptTimings;
  /** Transcript of the consult until the decision. */
  readonly transcript: readonly TranscriptTurn[];
}
