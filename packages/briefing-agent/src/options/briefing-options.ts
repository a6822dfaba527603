import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import type { BriefingLanguage } from '../language/briefing-language.js';
import type { WaitKind } from '../language/recording-reader.js';
import type { BriefingModels } from '../models/briefing-models.js';
import type { BriefingLimits } from './briefing-limits.js';
import type { ContextOptions } from './context-options.js';
import type { BriefingInstructions, BriefingNames, WriteInstructions } from './instruction-options.js';
import type { Keys } from './keys.js';
import type { SecondOpinionOption } from './second-opinion-option.js';
import type { Sentence, Sentences } from './sentences.js';
import type { MachineOptions } from './voicemail-options.js';

export interface BriefingOptions {
  /** The consult room, joined by the agent. It stays the property of whoever joined it. */
  room: Room;
  /** Identity of the human in that room; only they are listened to, and only their keys count. */
  humanIdentity: string;
  models: BriefingModels;
  /** The conversation with the caller. Default none. */
  chatCtx?: llm.ChatContext;
  /** What of the conversation the agent is told. Default all of it, without card numbers. */
  context?: ContextOptions;
  /** Parts of the prompt; a text that replaces its persona and wording; or a function that writes all of it. */
  instructions?: BriefingInstructions | string | WriteInstructions;
  /** Names of the company, its assistant, and the person who is phoned. Default: the prompt names none. */
  names?: BriefingNames;
  /** The language of the briefing: what is spoken, fixed sentences, names of the speakers, phrases of yes and no. Default English. */
  language?: BriefingLanguage;
  /** Fixed sentences that differ from those of the language. */
  sentences?: Sentences;
  /**
   * What is said first, synthesized ahead: a fixed sentence that needs no model, or a function that starts the speech
   * itself; both immediately. A text with `{headline}` is told who is calling and what about, in one sentence that the
   * model writes while the phone rings. It waits until the human's first utterance has ended, or for `limits.speakAfterMs`
   * of silence; after a long utterance or a voicemail greeting, the agent first asks whether somebody is there.
   * Default the `greeting` of the language, which has a headline; with `models.llm: null` its `introduction`.
   * `null`: the agent waits for the human to speak first, and the model answers.
   */
  greeting?: Sentence | null;
  /** What is read after the greeting when there is no model (`models.llm: null`). Default the `fallback` of the language. */
  message?: string;
  /** Keys of the phone. Default 1 accepts, 2 declines. `null` for none. */
  keys?: Partial<Keys> | null;
  /** Tools of your own, beside the three of the briefing; one of the same name replaces ours. */
  tools?: readonly llm.ToolContextEntry[];
  /** How a machine on the line is told from a person, and what is done with it. Default: the model tells, and that is it. */
  machine?: MachineOptions;
  /**
   * Judges, beside the phrases of the language, whether the person's words are a yes: an `llm.LLM`, a function, or
   * `false` for none. It is given what the person said since the last question and nothing of the caller, when their
   * turn is final, and waited for at most 800 ms. Default `models.llm`, or `context.summary.llm` when that is a
   * realtime model.
   */
  secondOpinion?: SecondOpinionOption;
  /** Whether the human can interrupt the agent. Default true. */
  allowInterruptions?: boolean;
  limits?: BriefingLimits;
  /** Called with every phrase that was understood on the human's line (personal data). */
  onHeard?: (words: string) => void;
  /**
   * Called when something that puts calls through is on the line instead of a human agent, and with `null` when it no longer
   * is: they have spoken, or a voicemail greeting has.
   */
  onWaiting?: (by: WaitKind | null) => void;
}

/** The options of a briefing that are known before there is a room with a human in it. */
export type BriefingSettings = Omit<BriefingOptions, 'room' | 'humanIdentity'>;
