import type { RecordingKind, WaitKind } from '../language/recording-reader.js';

/** The utterance on the line that precedes the agent's speech, or follows its question whether someone is there. */
export interface Heard {
  /** Null while nothing was heard. */
  readonly from: number | null;
  /** Null while it continues. */
  readonly to: number | null;
  /** Final words. */
  readonly text: string;
  /** When the last of them came; null before. */
  readonly wordsAt: number | null;
  /** The framework has found the end of the turn: no words of it are to come. */
  readonly hasEnded: boolean;
}

export const nothing: Heard = Object.freeze({ from: null, to: null, text: '', wordsAt: null, hasEnded: false });

/** The rules that stay the same for a whole opening. */
export interface OpeningRules {
  /** Silence after the answer until the agent speaks without having heard anything, in milliseconds. */
  readonly speakAfterMs: number;
  /** Returns the kind of a recording by its words; null for those of a person, as far as is known. */
  readonly recordingIn: (text: string) => RecordingKind | null;
  /** How long to wait for a human agent once a call screening has been answered, in milliseconds. */
  readonly screeningMs: number;
  /**
   * Whether the agent may start early. Its own ear listens to the line, and the opening names the caller late enough: a short
   * utterance is answered when it becomes quiet, before its words are known.
   */
  readonly startsEarly: boolean;
}

interface OpeningBase {
  readonly rules: OpeningRules;
  /** The recognizer or a VAD reports when speech begins. */
  readonly sttReportsSpeechStart: boolean;
  readonly heard: Heard;
}

/** The state of an opening: from the ringing until the human agent has heard who is calling. */
export type OpeningState =
  | (OpeningBase & { readonly phase: 'ringing' })
  /** Answered: waits for the end of the human agent's first utterance, or for enough silence. */
  | (OpeningBase & {
      readonly phase: 'listening';
      readonly quietSince: number;
      /** An early start was retracted, since the utterance continued: its words are waited for. */
      readonly isCareful: boolean;
    })
  /**
   * The headline was started early, since the first utterance seems to have ended. It is retracted when the utterance
   * continues, or when its words are those of a recording.
   */
  | (OpeningBase & { readonly phase: 'presuming'; readonly since: number })
  /** After a long utterance or a voicemail greeting: the agent has asked whether someone is there, and nothing else. */
  | (OpeningBase & { readonly phase: 'asking'; readonly quietSince: number; readonly heardVoicemail: boolean })
  /** A queue, a menu or a call screening precedes the human agent: the agent listens in silence until they speak. */
  | (OpeningBase & {
      readonly phase: 'waiting';
      readonly by: WaitKind;
      /** A call screening is answered once. */
      readonly isScreenerAnswered: boolean;
      /** When the recording was last known to speak; null when that is not known, or once the agent has spoken. */
      readonly recordedTo: number | null;
      /** When to give up on a call screening; null for a wait that only the briefing's limit ends. */
      readonly giveUpAt: number | null;
    })
  /** The agent says the headline; the model answers what the human agent says after its beginning. */
  | (OpeningBase & {
      readonly phase: 'telling';
      readonly since: number;
      /** The headline was heard as far as its question. */
      readonly wasAsked: boolean;
      /** The human agent has responded: the model has the turns. */
      readonly isAnswered: boolean;
      /** It is said after a wait, to a human agent or to a recording that sounded like one. */
      readonly hasWaited: boolean;
    })
  /** The model has the conversation, or there is none. */
  | { readonly phase: 'over'; readonly rules: OpeningRules };

export function initialOpening(rules: OpeningRules): OpeningState {
  return { phase: 'ringing', rules, sttReportsSpeechStart: false, heard: nothing };
}
