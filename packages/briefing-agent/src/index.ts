export { Briefing } from './briefing.js';
export type { BriefingLike, SayOptions } from './briefing-like.js';
export { BriefingError, type BriefingErrorCode, type BriefingOptionProblem } from './briefing-error.js';
export {
  briefingDefaults,
  checkBriefingOptions,
  type BriefingLimits,
  type BriefingOptions,
  type BriefingSettings,
} from './briefing-options.js';
export type { BriefingModels } from './briefing-models.js';
export type {
  BriefingDecision,
  BriefingLimit,
  BriefingResult,
  BriefingTimings,
  ConsultLine,
  DecidedBy,
  LeaveHow,
} from './briefing-result.js';
export {
  contextDefaults,
  type ContextOptions,
  type ContextScope,
  type Redactor,
  type SummaryOptions,
} from './context-options.js';
export {
  briefingInstructions,
  type BriefingInstructions,
  type BriefingNames,
  type BriefingPrompt,
  type InstructionMaterial,
  type WriteInstructions,
} from './instructions.js';
export { defaultKeys, type Keys } from './keys.js';
export type { BriefingLanguage, SentenceName } from './language/briefing-language.js';
export type { ConsentPhrases, QuestionKind } from './language/consent-phrases.js';
export { english } from './language/english.js';
export { french } from './language/french.js';
export { german } from './language/german.js';
export { spanish } from './language/spanish.js';
export {
  machineDefaults,
  type DetectionCall,
  type DetectMachine,
  type MachineOptions,
  type MachineVerdict,
} from './machine-options.js';
export type { WaitKind } from './language/recording-reader.js';
export { modelsFrom } from './models-from.js';
export { ModelScope } from './model-scope.js';
export { redactCardNumbers } from './redact-card-numbers.js';
export type { OpinionRequest, SecondOpinion } from './decision/second-opinion.js';
export type { SecondOpinionOption } from './second-opinion-option.js';
export type { Sentence, Sentences } from './sentences.js';
export { transcriptDefaults, transcriptOf, type TranscriptOptions } from './transcript.js';
