import type { llm } from '@livekit/agents';
import { givenOf, withDefaults } from '@org/support';
import type { BriefingOptionProblem } from '../briefing-error.js';
import type { BriefingLanguage } from '../language/briefing-language.js';
import { englishBriefing } from '../language/english.js';
import { type BriefingModels, isRealtime, missingModels, transcribes } from '../models/briefing-models.js';
import { ModelScope } from '../models/model-scope.js';
import { type BriefingLimits, defaultLimits } from './briefing-limits.js';
import type { BriefingOptions, BriefingSettings } from './briefing-options.js';
import { briefingOptions, briefingSettings } from './briefing-shape.js';
import { missingWriter } from './context-options.js';
import { guardCallback } from './guard-callback.js';
import { type BriefingKeys, withDefaultKeys } from './keys.js';
import { type BriefingSentence, SentenceTable } from './sentences.js';
import { throwProblems, validate } from './validate.js';
import { type ParsedVoicemailOptions, withVoicemailDefaults } from './voicemail-options.js';

interface ParsedSettings extends Omit<BriefingSettings, 'keys' | 'sentences' | 'language' | 'limits' | 'voicemail'> {
  readonly greeting: BriefingSentence | null;
  readonly allowInterruptions: boolean;
  readonly tools: readonly llm.ToolContextEntry[];
  readonly keys: BriefingKeys | null;
  readonly sentences: SentenceTable;
  readonly language: BriefingLanguage;
  readonly limits: Required<BriefingLimits>;
  readonly voicemail: ParsedVoicemailOptions;
}

export interface ParsedOptions extends ParsedSettings, Pick<BriefingOptions, 'room' | 'humanIdentity'> {
  /** The scope of the models, which the caller session may use at the same time. */
  readonly scope: ModelScope;
}

/**
 * Validates the options of a briefing before there is a room, as `new Briefing()` does later.
 *
 * @throws BriefingError `invalid-option` with all problems
 */
export function validateBriefingOptions(settings: Omit<BriefingOptions, 'room' | 'humanIdentity'>): void {
  validate(briefingSettings, settings);
  complete(settings);
}

/**
 * Parses the options of a briefing: adds the defaults.
 *
 * @throws BriefingError `invalid-option` with all problems
 */
export function parseBriefingOptions(options: BriefingOptions): ParsedOptions {
  validate(briefingOptions, options);
  const { room, humanIdentity } = options;
  const settings = complete(options);
  const scope = new ModelScope([...Object.values(settings.models), settings.context?.summary?.llm]);
  return { ...settings, room, humanIdentity, scope };
}

/** Adds the defaults to options each of which is valid, and throws the contradictions between them. */
function complete(options: BriefingSettings): ParsedSettings {
  const given = givenOf(options);
  const { allowInterruptions = true, language = englishBriefing, tools = [] } = given;
  const { onTranscript, onWaiting } = given;
  const limits = withDefaults(defaultLimits, given.limits);
  const voicemail = withVoicemailDefaults(given.voicemail);
  const keys = withDefaultKeys(given.keys);
  const context = givenOf(given.context ?? {});
  throwProblems([
    ...missingModels(given.models),
    ...missingWriter(context, given.models),
    ...contradictions({ models: given.models, keys, voicemail, limits }),
  ]);
  const sentences = new SentenceTable(given.sentences ?? {}, language, keys, given.names);
  const { greeting = defaultGreeting(given.models, sentences) } = given;
  return {
    ...given,
    context,
    ...(onTranscript === undefined ? {} : { onTranscript: guardCallback('onTranscript', onTranscript) }),
    ...(onWaiting === undefined ? {} : { onWaiting: guardCallback('onWaiting', onWaiting) }),
    greeting: typeof greeting === 'string' ? sentences.fill(greeting) : greeting,
    allowInterruptions,
    tools,
    keys,
    sentences,
    language,
    limits,
    voicemail,
  };
}

/** Returns the greeting of the language, with the keys when only they can accept. */
function defaultGreeting(models: BriefingModels, sentences: SentenceTable): BriefingSentence | null {
  if (models.llm === null) return sentences.get('introduction');
  const greeting = sentences.get('greeting');
  return typeof greeting === 'string' && !transcribes(models) ? `${greeting} {keys}` : greeting;
}

type Contradictory = Pick<ParsedSettings, 'models' | 'keys' | 'voicemail' | 'limits'>;

function contradictions({ models, keys, voicemail, limits }: Contradictory): readonly BriefingOptionProblem[] {
  const problems: BriefingOptionProblem[] = [];
  if (keys === null && models.llm === null) {
    problems.push({ option: 'keys', reason: 'must be given with models.llm null: nothing else can accept' });
  }
  if (keys === null && !transcribes(models)) {
    problems.push({ option: 'keys', reason: 'must be given with a models.llm that does not transcribe' });
  }
  if (keys !== null && keys.accept === keys.decline) {
    const option = 'keys.decline';
    problems.push({ option, reason: 'must be another key than keys.accept' });
  }
  if (voicemail.detect === 'amd' && (models.llm === null || isRealtime(models.llm))) {
    problems.push({
      option: 'voicemail.detect',
      reason: 'can be amd only with an llm.LLM, to which it sends requests',
    });
  }
  if (voicemail.detect === 'amd' && voicemail.detectTimeoutMs >= limits.replyMs) {
    const reason = 'must be less than limits.replyMs: amd delays answers';
    problems.push({ option: 'voicemail.detectTimeoutMs', reason });
  }
  return problems;
}
