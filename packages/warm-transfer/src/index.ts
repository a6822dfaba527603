export type { AttemptRecord, AttemptResult, AttemptTimings } from './attempt-record.js';
export { defaultLimits, type TransferLimits } from './limits.js';
export type { Farewell } from './machine/effect.js';
export type { CallEnd, CallerFate, LeaveHow, Limit } from './machine/ending.js';
export type { Supervision } from './machine/plan.js';
export type { CallerState, HumanAgentState } from './machine/party-state.js';
export type { MergedCall } from './merged-call.js';
export { outcomeToSpeech, type Speakable } from './outcome-to-speech.js';
export type {
  AlreadyRunningOutcome,
  ConnectedOutcome,
  FailedOutcome,
  TransferFacts,
  TransferOutcome,
  TransferStatus,
  TransferTimings,
} from './outcome.js';
export type {
  PolicyAnswer,
  PolicyEnding,
  PolicyFunction,
  PolicyStatus,
  PolicyStep,
  TransferPolicy,
} from './policy/transfer-policy.js';
export type { OpeningHours, OpenFromTo, Weekday } from './targets/opening-hours.js';
export type {
  Department,
  RingAll,
  StagedTargets,
  TargetLike,
  TargetPlan,
  TargetResolver,
  Targets,
  TransferTarget,
} from './targets/transfer-target.js';
export type { TransferEvents, TransferListener } from './transfer-events.js';
export type { TransferPhase, TransferPhaseEvent, TransferStatusNow } from './transfer-phase.js';
export {
  type BriefingSettings,
  type WarmTransferOptions,
  type WarmTransferSpeech,
  type WarmTransferTaskOptions,
} from './transfer-options.js';
export { WarmTransfer } from './warm-transfer.js';
export { WarmTransferError, type WarmTransferErrorCode } from './warm-transfer-error.js';
export { WarmTransferTask, WarmTransferToolError, type WarmTransferResult } from './warm-transfer-task.js';
