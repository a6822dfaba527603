import type { RecordingKind, WaitKind } from '../language/recording-reader.js';
import type { TurnTaker } from '../session/gated-agent.js';
import type { LineSound } from '../session/line-ear.js';

/** What was heard on the line before we spoke, or since we asked whether somebody is there. */
export interface Heard {
  /** Null while nothing was heard. */
  readonly from: number | null;
  /** Null while it goes on. */
  readonly to: number | null;
  /** Final words. */
  readonly text: string;
  /** When the last of them came; null before. */
  readonly wordsAt: number | null;
  /** The framework has found the end of the turn: no words of it are to come. */
  readonly isOver: boolean;
}

export const nothing: Heard = Object.freeze({ from: null, to: null, text: '', wordsAt: null, isOver: false });

/** What stays the same for a whole opening. */
export interface OpeningRules {
  /** How long the line has to be silent after the answer until we speak without having heard anything, in milliseconds. */
  readonly speakAfterMs: number;
  /** The kind of a recording by its words; null for those of a person, as far as is known. */
  readonly recordingIn: (text: string) => RecordingKind | null;
  /** How long a human agent is waited for once a call screening has been answered, in milliseconds. */
  readonly screeningMs: number;
  /**
   * Our own ear listens to the line, and what is said first names the caller late enough: a short utterance is answered when
   * it falls quiet, before its words are known.
   */
  readonly presumes: boolean;
}

interface Listening {
  readonly rules: OpeningRules;
  /** The recognizer or a VAD reports when speech begins. */
  readonly reportsStarts: boolean;
  readonly heard: Heard;
}

/** How the briefing opens: from the ringing until the human agent has been told who is calling. */
export type OpeningState =
  | (Listening & { readonly phase: 'ringing' })
  /** Answered: the human agent's first utterance is to end, or the silence to last long enough. */
  | (Listening & {
      readonly phase: 'waiting';
      readonly quietSince: number;
      /** The end of the utterance was presumed once, and it went on: its words are waited for. */
      readonly isCareful: boolean;
    })
  /**
   * The headline has begun, since the first utterance seems to be over: it is taken back when that goes on, or when its words
   * are those of a recording.
   */
  | (Listening & { readonly phase: 'presuming'; readonly since: number })
  /** A long utterance, or a voicemail greeting: we have asked whether somebody is there, and nothing else. */
  | (Listening & { readonly phase: 'asking'; readonly quietSince: number; readonly heardVoicemail: boolean })
  /** Something that puts calls through stands before the human agent: it is listened to in silence until they speak. */
  | (Listening & {
      readonly phase: 'held';
      readonly by: WaitKind;
      /** A call screening is answered once. */
      readonly isScreenerAnswered: boolean;
      /** When it was last known to speak; null when that is not known, or once we have spoken. */
      readonly recordedTo: number | null;
      /** When a call screening is given up; null for what only the briefing's limit of waiting ends. */
      readonly giveUpAt: number | null;
    })
  /** The headline is being said; the model answers what the human agent says after its beginning. */
  | (Listening & {
      readonly phase: 'telling';
      readonly since: number;
      /** It was heard as far as its question. */
      readonly wasAsked: boolean;
      /** Something was said to it: the model has the turns. */
      readonly isAnswered: boolean;
      /** It is said to somebody who came after a wait, or to a recording that sounded like them. */
      readonly wasHeld: boolean;
    })
  /** The model has the conversation, or there is none. */
  | { readonly phase: 'over'; readonly rules: OpeningRules };

export type OpeningEvent =
  /** Answered. */
  | { readonly type: 'begin' }
  | { readonly type: 'line-speaking'; readonly now: boolean }
  /** Our own ear hears that the line sounds, or has fallen quiet: sooner than a VAD, and of any sound. */
  | ({ readonly type: 'line-sound' } & LineSound)
  | { readonly type: 'line-words'; readonly text: string }
  | { readonly type: 'turn-over' }
  | { readonly type: 'agent-speaking'; readonly now: boolean }
  /** An utterance of ours is over; `isQuestion`: it was heard as far as its question. */
  | { readonly type: 'agent-said'; readonly isQuestion: boolean }
  /** The time of the last effect `wait` is over. */
  | { readonly type: 'waited' }
  /** The line was found to be such a recording, by something else than the opening. */
  | { readonly type: 'hold'; readonly by: WaitKind }
  /** Something else has the line from here on. */
  | { readonly type: 'stop' };

export type TimedOpeningEvent = OpeningEvent & { readonly at: number };

export type OpeningEffect =
  /** `headline`: everything that is said first; `hello`: whether somebody is there; `screening`: the answer to a screening. */
  | { readonly type: 'say'; readonly what: 'headline' | 'hello' | 'screening' }
  /** Says the headline like that, but nothing except `take-back` cuts it off until `keep`. */
  | { readonly type: 'presume' }
  /** Cuts off what `presume` began: it counts as not said, and what was heard until now is no evidence. */
  | { readonly type: 'take-back' }
  /** What `presume` began stands, and can be interrupted. `words`: of the utterance that it answers. */
  | { readonly type: 'keep'; readonly words: string }
  /** Who takes the turns of the line from here on: nobody, the model's tools without its words, or the model. */
  | { readonly type: 'hand-turns-to'; readonly whom: TurnTaker }
  /** A voicemail greeting, and no answer to our question: it is a machine. */
  | { readonly type: 'machine' }
  /** A human agent is waited for in silence. What was heard until now is no evidence of them. */
  | { readonly type: 'hold'; readonly by: WaitKind }
  /** The keys are to be pressed that lead through the menu. */
  | { readonly type: 'press' }
  /** The wait is over; `isPerson`: because somebody has spoken to us. */
  | { readonly type: 'resume'; readonly isPerson: boolean }
  /** Nobody came in time. */
  | { readonly type: 'give-up' }
  /** Answered with an event `waited`; an earlier wait is over. Null: nothing is waited for. */
  | { readonly type: 'wait'; readonly forMs: number | null };

export interface OpeningStep {
  readonly state: OpeningState;
  readonly effects: readonly OpeningEffect[];
}

export function newOpening(rules: OpeningRules): OpeningState {
  return { phase: 'ringing', rules, reportsStarts: false, heard: nothing };
}
