import type { llm } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { givenOf, withDefaults } from '@org/support';
import { isRealtime, missingModels, transcribes, type BriefingModels } from './briefing-models.js';
import type { BriefingOptionProblem } from './briefing-error.js';
import { missingWriter, type ContextOptions } from './context-options.js';
import type { SecondOpinion } from './decision/second-opinion.js';
import type { BriefingInstructions, BriefingNames, WriteInstructions } from './instructions.js';
import { type Keys, withDefaultKeys } from './keys.js';
import type { BriefingLanguage } from './language/briefing-language.js';
import type { WaitKind } from './language/recording-reader.js';
import { english } from './language/english.js';
import { type CheckedMachine, type MachineOptions, withMachineDefaults } from './machine-options.js';
import { secondOpinionOf, type SecondOpinionOption } from './second-opinion-option.js';
import { ModelScope } from './model-scope.js';
import { briefingOptions, briefingSettings } from './options/briefing-shape.js';
import { refuse, validate } from './require.js';
import { harmless } from './user-callback.js';
import { SentenceTable, type Sentence, type Sentences } from './sentences.js';

/** Limits in milliseconds. */
export interface BriefingLimits {
  /** For the session to start. Default 10 000. */
  startMs?: number;
  /** For the headline to be written, from `start()`; then the fixed sentence. Default 4000. */
  headlineMs?: number;
  /** Silence after the answer until the agent speaks first. Default 800. */
  speakAfterMs?: number;
  /** For the human to say anything, counted while the agent is quiet; then "hello?", once, and then `silent`. Default 10 000. */
  firstSpeechMs?: number;
  /** For nobody speaking later on; then a sentence, and `silent`. Default 30 000. */
  silenceMs?: number;
  /** Of that, until the human is asked once whether they are still there. Not less than `silenceMs`: never. Default 12 000. */
  questionMs?: number;
  /** Until that question, when they have asked for a moment. Default 60 000. */
  momentMs?: number;
  /** From `brief()`, without `waitingMs`; then a sentence, and `timed-out`. Default 120 000. */
  totalMs?: number;
  /** For a human agent to come behind a queue, a menu or a call screening, all waits together; then `timed-out`. Default 300 000. */
  waitingMs?: number;
  /** Of that, after the answer to a call screening. Default 30 000. */
  screeningMs?: number;
  /** For the agent to begin its answer; then the fallback, and only keys count. Default 8000. */
  replyMs?: number;
  /** For the same; then the sentence `filler`, once per answer. Default 2500. */
  fillerMs?: number;
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

export const briefingDefaults: {
  readonly greeting: string;
  readonly allowInterruptions: boolean;
  readonly limits: Readonly<Required<BriefingLimits>>;
} = Object.freeze({
  greeting: english.sentences.greeting,
  allowInterruptions: true,
  limits: Object.freeze({
    startMs: 10_000,
    headlineMs: 4000,
    speakAfterMs: 800,
    firstSpeechMs: 10_000,
    silenceMs: 30_000,
    questionMs: 12_000,
    momentMs: 60_000,
    totalMs: 120_000,
    waitingMs: 300_000,
    screeningMs: 30_000,
    replyMs: 8000,
    fillerMs: 2500,
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
 * @throws BriefingError `invalid-option`, about all options at fault
 */
export function checkBriefingOptions(settings: BriefingSettings): void {
  validate(briefingSettings, settings);
  complete(settings);
}

/** Fills in the defaults, and refuses what cannot be honored. */
export function checkOptions(options: BriefingOptions): CheckedOptions {
  validate(briefingOptions, options);
  const { room, humanIdentity } = options;
  const settings = complete(options);
  const scope = new ModelScope([...Object.values(settings.models), settings.context?.summary?.llm]);
  return { ...settings, room, humanIdentity, scope };
}

/** Fills in the defaults of options each of which has been checked, and refuses those that contradict each other. */
function complete(options: BriefingSettings): CheckedSettings {
  const given = givenOf(options);
  const { allowInterruptions = briefingDefaults.allowInterruptions, language = english, tools = [] } = given;
  const { onHeard, onWaiting } = given;
  const limits = withDefaults(briefingDefaults.limits, given.limits);
  const machine = withMachineDefaults(given.machine);
  const keys = withDefaultKeys(given.keys);
  const context = givenOf(given.context ?? {});
  refuse([
    ...missingModels(given.models),
    ...missingWriter(context, given.models),
    ...contradictions({ models: given.models, keys, machine, limits }),
  ]);
  const sentences = new SentenceTable(given.sentences ?? {}, language, keys, given.names);
  const { greeting = ownGreeting(given.models, sentences) } = given;
  return {
    ...given,
    context,
    ...(onHeard === undefined ? {} : { onHeard: harmless('onHeard', onHeard) }),
    ...(onWaiting === undefined ? {} : { onWaiting: harmless('onWaiting', onWaiting) }),
    greeting: typeof greeting === 'string' ? sentences.fill(greeting) : greeting,
    allowInterruptions,
    tools,
    keys,
    sentences,
    language,
    limits,
    machine,
    secondOpinion: secondOpinionOf(given),
  };
}

/** Names the keys where nothing else accepts. */
function ownGreeting(models: BriefingModels, sentences: SentenceTable): Sentence | null {
  if (models.llm === null) return sentences.get('introduction');
  const greeting = sentences.get('greeting');
  return typeof greeting === 'string' && !transcribes(models) ? `${greeting} {keys}` : greeting;
}

type Contradictory = Pick<CheckedSettings, 'models' | 'keys' | 'machine' | 'limits'>;

function contradictions({ models, keys, machine, limits }: Contradictory): readonly BriefingOptionProblem[] {
  const problems: BriefingOptionProblem[] = [];
  if (keys === null && models.llm === null) {
    problems.push({ option: 'keys', reason: 'must be given with models.llm null: nothing else can accept' });
  }
  if (keys === null && !transcribes(models)) {
    problems.push({ option: 'keys', reason: 'must be given with a models.llm that writes nothing down' });
  }
  if (keys !== null && keys.accept === keys.decline) {
    const option = 'keys.decline';
    problems.push({ option, reason: 'must be another key than keys.accept' });
  }
  if (machine.detect === 'amd' && (models.llm === null || isRealtime(models.llm))) {
    problems.push({ option: 'machine.detect', reason: 'can be amd only with an llm.LLM, which it asks' });
  }
  if (machine.detect === 'amd' && machine.limitMs >= limits.replyMs) {
    const reason = 'must be less than limits.replyMs: amd holds answers back';
    problems.push({ option: 'machine.limitMs', reason });
  }
  return problems;
}
