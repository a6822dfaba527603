import type { ConsultLine } from '@org/briefing-agent';
import type { AttemptEnding } from '../machine/types/ending.js';

/** When things happened in one attempt, in milliseconds since the epoch; what did not happen is absent. */
export interface AttemptTimings {
  readonly startedAt: number;
  readonly dialingAt?: number;
  readonly ringingAt?: number;
  readonly answeredAt?: number;
  readonly acceptedAt?: number;
  readonly mergedAt?: number;
  /** It was over. */
  readonly endedAt?: number;
}

/** How an attempt ended: a status of its own, or `taken` by another target, or `canceled` with the transfer. */
export type AttemptResult = AttemptEnding extends infer E ? (E extends unknown ? Omit<E, 'kind'> : never) : never;

/** One dial of one target. Number, name, identity and transcript are personal data. */
export interface AttemptRecord {
  readonly attemptId: string;
  readonly sipCallTo: string;
  /** Of the target, if it has one. */
  readonly name?: string;
  /** Set for the second call to a target whose network refused the caller ID of the first: a number of the trunk. */
  readonly callerId?: 'trunk';
  /** Identity in the consult room of whoever answered. */
  readonly humanAgentIdentity?: string;
  /** Absent while it is under way, and for the one that connected. */
  readonly result?: AttemptResult;
  readonly timings: AttemptTimings;
  /** What was said in the consult until the decision. */
  readonly transcript: readonly TranscriptTurn[];
}
