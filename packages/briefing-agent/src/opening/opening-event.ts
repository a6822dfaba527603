import type { WaitKind } from '../language/recording-reader.js';
import type { TurnTaker } from '../session/gated-agent.js';
import type { LineSound } from '../session/line-ear.js';
import type { OpeningState } from './opening-state.js';

export type OpeningEvent =
  /** The call is answered. */
  | { readonly type: 'begin' }
  | { readonly type: 'line-speaking'; readonly now: boolean }
  /** The agent's own ear reports a change on the line: sooner than a VAD, and for any sound. */
  | ({ readonly type: 'line-sound' } & LineSound)
  | { readonly type: 'line-words'; readonly text: string }
  | { readonly type: 'turn-ended' }
  | { readonly type: 'agent-speaking'; readonly now: boolean }
  /** An utterance of the agent has ended. `isQuestion`: it was heard as far as its question. */
  | { readonly type: 'agent-said'; readonly isQuestion: boolean }
  /** The time of the last effect `set-timer` has elapsed. */
  | { readonly type: 'timer-elapsed' }
  /** A queue, a menu or a call screening was recognized outside of the opening. */
  | { readonly type: 'wait-behind'; readonly by: WaitKind }
  /** Ends the opening: another part of the briefing has the line. */
  | { readonly type: 'stop' };

/** An event and when it happened, in milliseconds of any clock that does not go back. */
export type TimedOpeningEvent = OpeningEvent & { readonly at: number };

export type OpeningEffect =
  /** `headline`: the whole opening; `areYouThere`: the question whether someone is there; `screening`: the answer to a screening. */
  | { readonly type: 'say'; readonly what: 'headline' | 'areYouThere' | 'screening' }
  /** Says the headline such that only `retract` interrupts it until `keep`. */
  | { readonly type: 'presume' }
  /** Interrupts what `presume` began: it counts as not said, and what was heard before is no evidence. */
  | { readonly type: 'retract' }
  /** Keeps what `presume` began, and allows interruptions. `words`: of the utterance that it answers. */
  | { readonly type: 'keep'; readonly words: string }
  /** Sets the receiver of the line's turns: none, the model's tools without its words, or the model. */
  | { readonly type: 'set-turn-taker'; readonly turnTaker: TurnTaker }
  /** Reports a voicemail: a voicemail greeting, and no answer to the agent's question. */
  | { readonly type: 'voicemail-detected' }
  /** Waits for a human agent in silence. What was heard before is no evidence of them. */
  | { readonly type: 'wait-behind'; readonly by: WaitKind }
  /** Sends the DTMF that leads through the menu. */
  | { readonly type: 'send-dtmf' }
  /** Ends the wait. `isPerson`: because a person has spoken to the agent. */
  | { readonly type: 'wait-over'; readonly isPerson: boolean }
  /** Reports that no human agent came in time. */
  | { readonly type: 'give-up' }
  /** Answered with an event `timer-elapsed`; replaces an earlier timer. Null: no timer. */
  | { readonly type: 'set-timer'; readonly forMs: number | null };

export interface OpeningStep {
  readonly state: OpeningState;
  readonly effects: readonly OpeningEffect[];
}
