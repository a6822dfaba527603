export { Briefing } from './briefing.js';
export type { BriefingLike } from './briefing-like.js';
export type { SayOptions } from './options/say-options.js';
export { BriefingError, type BriefingErrorCode, type BriefingOptionProblem } from './briefing-error.js';
export type { BriefingOptions, BriefingSettings } from './options/briefing-options.js';
export { checkBriefingOptions } from './options/parse-briefing-options.js';
export type { BriefingLimits } from './options/briefing-limits.js';
export type { BriefingModels } from './models/briefing-models.js';
export type {
  BriefingDecision,
  BriefingLimit,
  BriefingResult,
  BriefingTimings,
  ConsultLine,
  DecidedBy,
  LeaveHow,
} from './decision/briefing-result.js';
export {
  contextDefaults,
  type ContextOptions,
  type ContextScope,
  type Redactor,
  type SummaryOptions,
} from './options/context-options.js';
export { briefingInstructions, type BriefingPrompt } from './prompt/briefing-instructions.js';
export type {
  BriefingInstructions,
  BriefingNames,
  InstructionMaterial,
  WriteInstructions,
} from './options/instruction-options.js';
export { defaultKeys, type Keys } from './options/keys.js';
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
} from './options/voicemail-options.js';
export type { WaitKind } from './language/recording-reader.js';
export { modelsFrom } from './models/briefing-models-from.js';
export { ModelScope } from './models/model-scope.js';
export { redactCardNumbers } from './prompt/redact-card-numbers.js';
export type { OpinionRequest, SecondOpinion, SecondOpinionOption } from './options/second-opinion-option.js';
export type { Sentence, Sentences } from './options/sentences.js';
export { transcriptDefaults, transcriptOf, type TranscriptOptions } from './prompt/format-transcript.js';
