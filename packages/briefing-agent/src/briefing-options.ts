import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { checkModels, isRealtime, transcribes, type BriefingModels } from './briefing-models.js';
import { BriefingError } from './briefing-error.js';
import { checkContext, type ContextOptions } from './context-options.js';
import type { BriefingInstructions, BriefingNames, WriteInstructions } from './instructions.js';
import { checkKeys, type Keys } from './keys.js';
import { secondOpinionOf, type SecondOpinionOption } from './second-opinion-option.js';
import type { SecondOpinion } from './decision/second-opinion.js';
import type { BriefingLanguage } from './language/briefing-language.js';
import { checkConsent } from './language/check-consent.js';
import { english } from './language/english.js';
import { checkMachine, type CheckedMachine, type MachineOptions } from './machine-options.js';
import { ModelScope } from './model-scope.js';
import { requireMs, requireText } from './require.js';
import { harmless } from './user-callback.js';
import { SentenceTable, type Sentence, type Sentences } from './sentences.js';

/** Limits in milliseconds. */
export interface BriefingLimits {
  /** For the session to start. Default 10 000. */
  startMs?: number;
  /** For the human to say anything, counted while the agent is quiet; then "hello?", once, and then `silent`. Default 10 000. */
  firstSpeechMs?: number;
  /** For nobody speaking later on; then a sentence, and `silent`. Default 30 000. */
  silenceMs?: number;
  /** From `brief()`; then a sentence, and `timed-out`. Default 120 000. */
  totalMs?: number;
  /** For the agent to begin its answer; then the fallback, and only keys count. Default 8000. */
  replyMs?: number;
  /** For one fixed sentence. Default 10 000. */
  sayMs?: number;
  /** For the session to close. Default 5000. */
  closeMs?: number;
}

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
   * What is said first: a fixed sentence that needs no model and is synthesized ahead, or a function that starts the speech
   * itself.
   * Default the `greeting` of the language. `null`: the agent waits for the human to speak first.
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
}

export const briefingDefaults: {
  readonly greeting: string;
  readonly allowInterruptions: boolean;
  readonly limits: Readonly<Required<BriefingLimits>>;
} = Object.freeze({
  greeting: english.sentences.greeting,
  allowInterruptions: true,
  limits: Object.freeze({
    startMs: 10_000,
    firstSpeechMs: 10_000,
    silenceMs: 30_000,
    totalMs: 120_000,
    replyMs: 8000,
    sayMs: 10_000,
    closeMs: 5000,
  }),
});

/** The options of a briefing that are known before there is a room with a human in it. */
export type BriefingSettings = Omit<BriefingOptions, 'room' | 'humanIdentity'>;

interface CheckedSettings extends Omit<
  BriefingSettings,
  'keys' | 'sentences' | 'language' | 'limits' | 'machine' | 'secondOpinion'
> {
  readonly greeting: Sentence | null;
  readonly allowInterruptions: boolean;
  readonly tools: readonly llm.ToolContextEntry[];
  readonly keys: Keys | null;
  readonly sentences: SentenceTable;
  readonly language: BriefingLanguage;
  readonly limits: Required<BriefingLimits>;
  readonly machine: CheckedMachine;
  readonly secondOpinion: SecondOpinion | undefined;
}

export interface CheckedOptions extends CheckedSettings, Pick<BriefingOptions, 'room' | 'humanIdentity'> {
  /** Of the models, which the caller's session may use at the same time. */
  readonly scope: ModelScope;
}

/**
 * Refuses now what `new Briefing()` would refuse once there is a room.
 *
 * @throws BriefingError `invalid-option`
 */
export function checkBriefingOptions(settings: BriefingSettings): void {
  checkSettings(settings);
}

/** Fills in the defaults, and refuses what cannot be honored. */
export function checkOptions(options: BriefingOptions): CheckedOptions {
  const { room, humanIdentity } = options;
  requireText('humanIdentity', humanIdentity);
  const settings = checkSettings(options);
  const scope = new ModelScope([...Object.values(settings.models), settings.context?.summary?.llm]);
  return { ...settings, room, humanIdentity, scope };
}

function checkSettings(options: BriefingSettings): CheckedSettings {
  const { allowInterruptions = briefingDefaults.allowInterruptions, language = english, tools = [] } = options;
  const limits = { ...briefingDefaults.limits, ...options.limits };
  for (const [name, value] of Object.entries(limits)) requireMs(`limits.${name}`, value);
  if (typeof options.greeting === 'string') requireText('greeting', options.greeting);
  if (options.message !== undefined) requireText('message', options.message);
  checkConsent(language.consent);
  checkModels(options.models);
  checkContext(options.context, options.models);
  const keys = checkKeys(options.keys);
  if (keys === null && options.models.llm === null) {
    throw new BriefingError('invalid-option', 'keys must be given with models.llm null: nothing else can accept');
  }
  if (keys === null && !transcribes(options.models)) {
    throw new BriefingError('invalid-option', 'keys must be given with a models.llm that writes nothing down');
  }
  for (const [name, value] of Object.entries(options.names ?? {})) requireText(`names.${name}`, value);
  const machine = checkMachine(options.machine);
  if (machine.detect === 'amd' && (options.models.llm === null || isRealtime(options.models.llm))) {
    throw new BriefingError('invalid-option', 'machine.detect can be amd only with an llm.LLM, which it asks');
  }
  if (machine.detect === 'amd' && machine.limitMs >= limits.replyMs) {
    throw new BriefingError(
      'invalid-option',
      'machine.limitMs must be less than limits.replyMs: amd holds answers back',
    );
  }
  const sentences = new SentenceTable(options.sentences ?? {}, language, keys);
  const { greeting = sentences.get('greeting') } = options;
  const { onHeard } = options;
  return {
    ...options,
    ...(onHeard === undefined ? {} : { onHeard: harmless('onHeard', onHeard) }),
    greeting: typeof greeting === 'string' ? sentences.fill(greeting) : greeting,
    allowInterruptions,
    tools,
    keys,
    sentences,
    language,
    limits,
    machine,
    secondOpinion: secondOpinionOf(options),
  };
}
