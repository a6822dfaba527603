import type { QuestionKind } from '../language/consent-phrases.js';
import type { DisconnectHow } from './briefing-result.js';

/** The answer of a second opinion; `none`: no answer. */
export type Opinion = 'yes' | 'no' | 'unclear' | 'none';

/** A tool call of the model; answered with an effect `reply`. */
export type ToolCall =
  /** `quote`: the words by which the human agent said yes, as the model reports them. */
  | { readonly type: 'accept-called'; readonly quote?: string }
  | { readonly type: 'decline-called'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail-called' };

/** An event that can move a briefing towards its decision. */
export type BriefingEvent =
  | ToolCall
  | { readonly type: 'answered' }
  | { readonly type: 'agent-speaking'; readonly now: boolean }
  /** The question of an utterance of the agent that has ended, as far as it was said. */
  | { readonly type: 'agent-asked'; readonly question: QuestionKind }
  | { readonly type: 'line-speaking'; readonly now: boolean }
  /** Final words of the line. Without text: speech that a model heard and does not write down. */
  | { readonly type: 'line-words'; readonly text: string }
  | { readonly type: 'opinion'; readonly request: number; readonly opinion: Opinion }
  /** The time of an effect `set-timer` has elapsed. */
  | { readonly type: 'timer-elapsed' }
  | { readonly type: 'key'; readonly digit: string }
  /** A model failed or hangs: from now on only keys count. */
  | { readonly type: 'models-failed' }
  /** A voicemail was detected. */
  | { readonly type: 'voicemail-detected' }
  /** Recordings were on the line: what was heard so far is no evidence of a human agent. */
  | { readonly type: 'restarted' }
  | { readonly type: 'voicemail-left'; readonly via: 'voice' | 'detection'; readonly messageLeft: boolean }
  | { readonly type: 'silence-limit'; readonly limit: 'first-speech' | 'silence' }
  | { readonly type: 'total-limit' }
  /** No human agent followed a recording in time. */
  | { readonly type: 'waiting-limit' }
  | { readonly type: 'human-disconnected'; readonly how: DisconnectHow }
  | { readonly type: 'broken'; readonly cause: unknown; readonly limit?: 'model' }
  | { readonly type: 'canceled' };

/** An event and when it happened, in milliseconds of any clock that does not go back. */
export type TimedEvent = BriefingEvent & { readonly at: number };

/** The event of one type. */
export type EventOf<T extends BriefingEvent['type']> = Extract<TimedEvent, { type: T }>;
