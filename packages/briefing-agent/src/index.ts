// For applications.
export { Briefing } from './briefing.js';
export type { BriefingOptions } from './options/briefing-options.js';
export type { BriefingLimits } from './options/briefing-limits.js';
export type { BriefingModels } from './models/briefing-models.js';
export { briefingModelsFrom } from './models/briefing-models-from.js';
export type { BriefingDecision, BriefingResult, TranscriptTurn } from './decision/briefing-result.js';
export type { ContextOptions } from './options/context-options.js';
export { redactCardNumbers } from './prompt/redact-card-numbers.js';
export type { BriefingInstructions, WriteInstructions } from './options/instruction-options.js';
export type { BriefingSentence } from './options/sentences.js';
export type { SayOptions } from './options/say-options.js';
export type { DetectVoicemail, BriefingVoicemailOptions } from './options/voicemail-options.js';
export type { SecondOpinion } from './options/second-opinion-option.js';
export type { BriefingLanguage, BriefingSentenceName } from './language/briefing-language.js';
export { englishBriefing } from './language/english.js';
export { frenchBriefing } from './language/french.js';
export { germanBriefing } from './language/german.js';
export { spanishBriefing } from './language/spanish.js';
export type { WaitKind } from './language/recording-reader.js';
export { BriefingError, type BriefingErrorCode } from './briefing-error.js';

// For libraries and tests.
export { validateBriefingOptions } from './options/parse-briefing-options.js';
export type { BriefingLike } from './briefing-like.js';
export { ModelScope } from './models/model-scope.js';
