export { Briefing } from './briefing.js';
export { BriefingError, type BriefingErrorCode } from './briefing-error.js';
export {
  briefingDefaults,
  type BriefingLimits,
  type BriefingModels,
  type BriefingOptions,
} from './briefing-options.js';
export type {
  BriefingDecision,
  BriefingResult,
  BriefingTimings,
  ConsultLine,
  DecidedBy,
  LeaveHow,
} from './briefing-result.js';
export { briefingInstructions, type BriefingInstructions, type BriefingPrompt } from './instructions.js';
export { transcriptDefaults, transcriptOf, type TranscriptOptions } from './transcript.js';
