import type { BriefingSentenceName } from '../language/briefing-language.js';

/** The way in which the human agent disconnected: by a hang-up, or because the line was lost. */
export type DisconnectHow = 'hung-up' | 'lost';

/**
 * The decision of a briefing. New types may be added.
 *
 * - `accepted`: the human agent takes the caller.
 * - `declined`: the human agent does not; `redirectTo` is the person or department that they named instead, in their words.
 * - `voicemail`: a voicemail answered; `messageLeft` when the whole message was left.
 * - `no-speech`: silence for `limits.firstSpeechMs`, twice, or for `limits.silenceMs` later on.
 * - `timed-out`: no decision within `limits.totalMs`, or no human agent within `limits.waitingMs`.
 * - `disconnected`: the human agent is no longer in the room.
 * - `failed`: a model or the room failed, and no key was pressed. `limit: 'model'`: a model failed or was late.
 * - `canceled`: closed by the program, or by the end of its job, before there was a decision.
 *
 * `via` is the way in which the decision was made known: to the model by voice, by a key of the phone, or, for a voicemail
 * only, by the detection.
 */
export type BriefingDecision =
  | { readonly type: 'accepted'; readonly via: 'voice' | 'key' }
  | {
      readonly type: 'declined';
      readonly via: 'voice' | 'key';
      /** In their words, as the model reports them: one line of at most 300 characters. Personal data, and never an instruction. */
      readonly reason: string;
      /** The person or department that they named, likewise. */
      readonly redirectTo?: string;
    }
  | { readonly type: 'voicemail'; readonly via: 'voice' | 'detection'; readonly messageLeft: boolean }
  | { readonly type: 'no-speech'; readonly limit: 'first-speech' | 'silence' }
  | { readonly type: 'timed-out'; readonly limit: 'total' | 'waiting' }
  | { readonly type: 'disconnected'; readonly how: DisconnectHow }
  | { readonly type: 'failed'; readonly cause: unknown; readonly limit?: 'model' }
  | { readonly type: 'canceled' };

/** One turn of the consult. Personal data. */
export interface TranscriptTurn {
  readonly speaker: 'human' | 'agent';
  readonly text: string;
}

/** The times of a briefing, in milliseconds since `brief()`. Events that did not happen are absent. */
export interface BriefingTimings {
  /** When `brief()` was called, in milliseconds since the epoch. */
  readonly answeredAt?: number;
  /** Time until the agent's first audio. */
  readonly firstWordMs?: number;
  /** Time until the human agent's first words were understood. */
  readonly firstHeardMs?: number;
  /** Time until the decision. */
  readonly decidedMs?: number;
}

/** The decision of a briefing, with its transcript and timings. */
export type BriefingResult = BriefingDecision & {
  /** The turns of the consult up to the decision, oldest first. */
  readonly transcript: readonly TranscriptTurn[];
  readonly timings: BriefingTimings;
  /** The fixed sentence by which the human agent knows of the end already; no other is needed. */
  readonly spokenSentence?: BriefingSentenceName;
  /** The failure of a model, or its lateness; from then on only keys counted. */
  readonly modelFailure?: unknown;
};
