export type { Introduced, Introduction, IntroductionWords } from './options/introduction.js';
export type { AttemptRecord, AttemptResult, AttemptTimings } from './outcome/attempt-record.js';
export type { CancelWords } from './options/cancel-phrases.js';
export type { ComfortText, HoldSpeechOptions, HoldText, HoldTexts, ToldPhase } from './options/hold-announcements.js';
export { defaultLimits, type TransferLimits } from './options/limits.js';
export type { Farewell } from './machine/types/effect.js';
export { createWarmTransferTask } from './task/create-warm-transfer-task.js';
export type { OnJobEnd } from './task/on-job-end.js';
export type { InstructionParts, TaskSipConnection, WarmTransferTaskOptions } from './task/task-options.js';
export { WarmTransferStop } from './task/warm-transfer-stop.js';
export { WarmTransferToolError } from './task/warm-transfer-tool-error.js';
export type { CallOver } from './outcome/connected-call-end.js';
export type { OnCallEnded } from './options/on-call-ended.js';
export type { OnSessionClosed } from './options/on-session-closed.js';
export type { CallEnd, CallerFate, LeaveHow, Limit } from './machine/types/ending.js';
export type { Supervision } from './machine/types/plan.js';
export type { CallerState, HumanAgentState } from './machine/state/party-state.js';
export type { MergedCall } from './outcome/merged-call.js';
export type { TransferLogger } from './options/transfer-logger.js';
export { outcomeToSpeech, type Speakable } from './outcome/describe-outcome.js';
export type {
  AlreadyRunningOutcome,
  ConnectedOutcome,
  FailedOutcome,
  TransferFacts,
  TransferOutcome,
  TransferStatus,
  TransferTimings,
} from './outcome/outcome.js';
export type {
  PolicyAnswer,
  PolicyEnding,
  PolicyFunction,
  PolicyStatus,
  PolicyStep,
  TransferPolicy,
} from './options/policy/transfer-policy.js';
export { prewarmTransfers } from './wiring/prewarm.js';
export type { PrewarmOptions } from './options/prewarm-options.js';
export type { CallerId } from './options/targets/caller-id.js';
export type { OpeningHours, OpenFromTo, Weekday } from './options/targets/opening-hours.js';
export type {
  Department,
  RingAll,
  StagedTargets,
  TargetLike,
  TargetPlan,
  TargetResolver,
  Targets,
  TransferTarget,
} from './options/targets/transfer-target.js';
export type { PromotionListener, TransferEvents, TransferListener, WaitListener } from './outcome/transfer-events.js';
export { TaskGroup, type TaskCompletedEvent, type TaskGroupOptions, type TaskGroupResult } from './task/task-group.js';
export type { TransferPhase, TransferPhaseEvent, TransferStatusNow, TransferWaitEvent } from './outcome/transfer-phase.js';
export type { BriefingSettings, WarmTransferOptions } from './options/transfer-options.js';
export type { WarmTransferSpeech } from './options/targets/transfer-target.js';
export { WarmTransfer } from './warm-transfer.js';
export {
  WarmTransferError,
  type WarmTransferErrorCode,
  type WarmTransferOptionProblem,
} from './warm-transfer-error.js';
export { WarmTransferTask, type TransferContext, type WarmTransferResult } from './task/warm-transfer-task.js';
