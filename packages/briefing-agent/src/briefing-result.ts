/** How the human let the decision be known: to the model by talking, or by a key of the phone. */
export type DecidedBy = 'voice' | 'key';

/** How the human left: by ending the call, or because the line was lost. */
export type LeaveHow = 'hung-up' | 'lost';

/**
 * What came of a briefing.
 *
 * - `accepted`: the human wants the caller.
 * - `declined`: the human does not; `redirectTo` is whom they named instead, in their words.
 * - `voicemail`: a machine answered.
 * - `silent`: nobody spoke for `limits.silenceMs`.
 * - `timed-out`: no decision within `limits.totalMs`.
 * - `left`: the human is no longer in the room.
 * - `failed`: the agent session broke.
 * - `canceled`: closed by the program, or by the end of its job, before there was a decision.
 */
export type BriefingDecision =
  | { readonly type: 'accepted'; readonly by: DecidedBy }
  | { readonly type: 'declined'; readonly by: DecidedBy; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail'; readonly by: 'voice' }
  | { readonly type: 'silent' }
  | { readonly type: 'timed-out' }
  | { readonly type: 'left'; readonly how: LeaveHow }
  | { readonly type: 'failed'; readonly cause: unknown }
  | { readonly type: 'canceled' };

/** One turn of the consult, personal data. */
export interface ConsultLine {
  readonly speaker: 'human' | 'agent';
  readonly text: string;
}

/** Milliseconds since `brief()`; absent is what never happened. */
export interface BriefingTimings {
  /** Milliseconds since the epoch at which `brief()` was called. */
  readonly answeredAt?: number;
  /** Until the agent's first audio went out. */
  readonly firstWordMs?: number;
  /** Until the human's first words were understood. */
  readonly firstHeardMs?: number;
  /** Until the decision. */
  readonly decidedMs?: number;
}

export type BriefingResult = BriefingDecision & {
  /** What was said in the consult up to the decision, oldest first. */
  readonly transcript: readonly ConsultLine[];
  readonly timings: BriefingTimings;
};
