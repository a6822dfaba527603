import type { llm } from '@livekit/agents';
import { givenOf, withDefaults } from '@org/support';
import type { BriefingOptionProblem } from '../briefing-error.js';
import type { BriefingLanguage } from '../language/briefing-language.js';
import { english } from '../language/english.js';
import { type BriefingModels, isRealtime, missingModels, transcribes } from '../models/briefing-models.js';
import { ModelScope } from '../models/model-scope.js';
import { type BriefingLimits, defaultLimits } from './briefing-limits.js';
import type { BriefingOptions, BriefingSettings } from './briefing-options.js';
import { briefingOptions, briefingSettings } from './briefing-shape.js';
import { missingWriter } from './context-options.js';
import { type Keys, withDefaultKeys } from './keys.js';
import { type Sentence, SentenceTable } from './sentences.js';
import { harmless } from './user-callback.js';
import { refuse, validate } from './validate.js';
import { type CheckedMachine, withMachineDefaults } from './voicemail-options.js';

interface CheckedSettings extends Omit<BriefingSettings, 'keys' | 'sentences' | 'language' | 'limits' | 'machine'> {
  readonly greeting: Sentence | null;
  readonly allowInterruptions: boolean;
  readonly tools: readonly llm.ToolContextEntry[];
  readonly keys: Keys | null;
  readonly sentences: SentenceTable;
  readonly language: BriefingLanguage;
  readonly limits: Required<BriefingLimits>;
  readonly machine: CheckedMachine;
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
  const { allowInterruptions = true, language = english, tools = [] } = given;
  const { onHeard, onWaiting } = given;
  const limits = withDefaults(defaultLimits, given.limits);
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
