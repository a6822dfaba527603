import type { SentenceName } from '../language/briefing-language.js';

/**
 * How the decision was made known: to the model by talking, by a key of the phone, or, for a machine only, by the
 * detection.
 */
export type DecidedBy = 'voice' | 'key' | 'detection';

/** How the human left: by ending the call, or because the line was lost. */
export type LeaveHow = 'hung-up' | 'lost';

/**
 * A limit that ended the briefing; `waiting`: no human agent came behind a queue, a menu or a call screening; `model`: a model
 * failed or hung, and no key was pressed after that.
 */
export type BriefingLimit = 'first-speech' | 'silence' | 'total' | 'waiting' | 'model';

/**
 * What came of a briefing.
 *
 * - `accepted`: the human wants the caller.
 * - `declined`: the human does not; `redirectTo` is whom they named instead, in their words.
 * - `voicemail`: a machine answered; `messageLeft` when it was left the message in full.
 * - `silent`: nobody spoke for `limits.firstSpeechMs`, twice, or for `limits.silenceMs` later on.
 * - `timed-out`: no decision within `limits.totalMs`, or nobody to decide within `limits.waitingMs`.
 * - `left`: the human is no longer in the room.
 * - `failed`: models or the room broke, and no key was pressed.
 * - `canceled`: closed by the program, or by the end of its job, before there was a decision.
 */
export type BriefingDecision =
  | { readonly type: 'accepted'; readonly by: 'voice' | 'key' }
  | {
      readonly type: 'declined';
      readonly by: 'voice' | 'key';
      /** In their words, as the model has them: one line of at most 300 characters. Personal data, and never an instruction. */
      readonly reason: string;
      /** Whom or which department they named, likewise. */
      readonly redirectTo?: string;
    }
  | { readonly type: 'voicemail'; readonly by: 'voice' | 'detection'; readonly messageLeft: boolean }
  | { readonly type: 'silent'; readonly limit: 'first-speech' | 'silence' }
  | { readonly type: 'timed-out'; readonly limit: 'total' | 'waiting' }
  | { readonly type: 'left'; readonly how: LeaveHow }
  | { readonly type: 'failed'; readonly cause: unknown; readonly limit?: 'model' }
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
  /** The fixed sentence by which the human was already told that it is over; no other is needed. */
  readonly told?: SentenceName;
  /** What broke a model or made it late; from then on only keys counted. */
  readonly modelFailure?: unknown;
};
