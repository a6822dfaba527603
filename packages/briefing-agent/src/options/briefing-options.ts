import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { BriefingLanguage } from '../language/briefing-language.js';
import type { WaitKind } from '../language/recording-reader.js';
import type { BriefingModels } from '../models/briefing-models.js';
import type { BriefingLimits } from './briefing-limits.js';
import type { ContextOptions } from './context-options.js';
import type { BriefingInstructions, BriefingNames, WriteInstructions } from './instruction-options.js';
import type { BriefingKeys } from './keys.js';
import type { SecondOpinion } from './second-opinion-option.js';
import type { BriefingSentence, BriefingSentences } from './sentences.js';
import type { BriefingVoicemailOptions } from './voicemail-options.js';

/** Options of a {@link Briefing}. */
export interface BriefingOptions {
  /** The consult room, joined by the program. The briefing neither leaves nor deletes it. */
  room: Room;
  /** The identity of the human agent in that room. Only they are listened to, and only their keys count. */
  humanIdentity: string;
  /** The models of the agent session. */
  models: BriefingModels;
  /** The conversation with the caller. Default none. */
  chatCtx?: llm.ChatContext;
  /** The part of the conversation that the agent gets. Default all of it, without card numbers. */
  context?: ContextOptions;
  /** Parts of the prompt; a string that replaces persona and wording; or a function that writes all of it. */
  instructions?: BriefingInstructions | string | WriteInstructions;
  /** Names of the company, its assistant and the human agent. Default: the prompt names none. */
  names?: BriefingNames;
  /** The language: fixed sentences, names of the speakers, phrases of yes and no. Default `englishBriefing`. */
  language?: BriefingLanguage;
  /** Fixed sentences that differ from those of the language. */
  sentences?: BriefingSentences;
  /**
   * The first sentence. A string, which needs no model, or a function that starts the speech, is said immediately. A string
   * with `{headline}` names the caller and the reason in one sentence that the model writes while the phone rings. It
   * waits for the end of the human agent's first utterance, or for `limits.speakAfterMs` of silence; after a long
   * utterance or a voicemail greeting, the agent first asks whether someone is there. A string is synthesized ahead.
   * Default the `greeting` of the language, which has a headline; with `models.llm: null` its `introduction`.
   * `null`: the agent waits for the human agent to speak first, and the model answers.
   */
  greeting?: BriefingSentence | null;
  /** The sentence after the greeting when there is no model (`models.llm: null`). Default the `fallback` of the language. */
  message?: string;
  /** Keys of the phone. Default 1 accepts, 2 declines. `null` for none. */
  keys?: Partial<BriefingKeys> | null;
  /** Your own tools, beside the three of the briefing. One of the same name replaces the built-in one. */
  tools?: readonly llm.ToolContextEntry[];
  /** The detection and handling of voicemail. Default: the model detects it, and the briefing ends. */
  voicemail?: BriefingVoicemailOptions;
  /**
   * A second judge, beside the phrases of the language, of whether the human agent's words are a yes: an `llm.LLM`, a
   * function, or `false` for none. It gets the words since the last question and nothing of the caller, once their turn is
   * final, and has at most 800 ms. Default `models.llm`, or `context.summary.llm` when that is a realtime model.
   */
  secondOpinion?: false | llm.LLM | SecondOpinion;
  /** Whether the human agent can interrupt the agent. Default true. */
  allowInterruptions?: boolean;
  /** Time limits, in milliseconds. */
  limits?: BriefingLimits;
  /** Called with every phrase that was understood on the human agent's line (personal data). */
  onTranscript?: (words: string) => void;
  /**
   * Called when a queue, a menu or a call screening is on the line before the human agent, and with `null` when it no longer
   * is: the human agent has spoken, or a voicemail greeting has.
   */
  onWaiting?: (by: WaitKind | null) => void;
}

/** The options of a briefing that are known before there is a room with a human agent in it. */
export type BriefingSettings = Omit<BriefingOptions, 'room' | 'humanIdentity'>;
