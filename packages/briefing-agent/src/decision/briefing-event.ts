import type { QuestionKind } from '../language/consent-phrases.js';
import type { LeaveHow } from './briefing-result.js';

/** The answer of a second opinion; `none`: there is no answer. */
export type Opinion = 'yes' | 'no' | 'unclear' | 'none';

/** What the model wants, by a tool; answered with an effect `reply`. */
export type ToolCall =
  /** `quote`: the words by which the person said yes, as the model has them. */
  | { readonly type: 'accept-called'; readonly quote?: string }
  | { readonly type: 'decline-called'; readonly reason: string; readonly redirectTo?: string }
  | { readonly type: 'voicemail-called' };

/** Everything that can move a briefing towards its decision. */
export type BriefingEvent =
  | ToolCall
  | { readonly type: 'answered' }
  | { readonly type: 'agent-speaking'; readonly now: boolean }
  /** The question that the utterance which is over asked, as far as it was said. */
  | { readonly type: 'agent-asked'; readonly question: QuestionKind }
  | { readonly type: 'line-speaking'; readonly now: boolean }
  /** Words of the line, final. Without text: speech that a model heard and does not write down. */
  | { readonly type: 'line-words'; readonly text: string }
  | { readonly type: 'opinion'; readonly request: number; readonly opinion: Opinion }
  /** The time of an effect `wait` is over. */
  | { readonly type: 'waited' }
  | { readonly type: 'key'; readonly digit: string }
  /** A model failed or hangs: the person has been notified, and only their keys count from here. */
  | { readonly type: 'fell-back' }
  /** A machine was detected. */
  | { readonly type: 'machine' }
  /** A human agent who comes now has not been heard yet: recordings were on the line. */
  | { readonly type: 'restarted' }
  | { readonly type: 'voicemail-left'; readonly by: 'voice' | 'detection'; readonly messageLeft: boolean }
  | { readonly type: 'silence-limit'; readonly limit: 'first-speech' | 'silence' }
  | { readonly type: 'total-limit' }
  /** No human agent came behind a recording. */
  | { readonly type: 'waiting-limit' }
  | { readonly type: 'human-left'; readonly how: LeaveHow }
  | { readonly type: 'broken'; readonly cause: unknown; readonly limit?: 'model' }
  | { readonly type: 'canceled' };

/** An event and when it happened, in milliseconds of any clock that does not go back. */
export type TimedEvent = BriefingEvent & { readonly at: number };

/** The event of one type. */
export type EventOf<T extends BriefingEvent['type']> = Extract<TimedEvent, { type: T }>;
