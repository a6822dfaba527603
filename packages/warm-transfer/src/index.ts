export type { Introduced, Introduction, IntroductionWords } from './after/introduction.js';
export type { AttemptRecord, AttemptResult, AttemptTimings } from './attempt-record.js';
export type { CancelWords } from './hold/cancel-words.js';
export type { ComfortText, HoldSpeechOptions, HoldText, HoldTexts, ToldPhase } from './hold/hold-speech.js';
export { defaultLimits, type TransferLimits } from './limits.js';
export type { Farewell } from './machine/effect.js';
export { createWarmTransferTask } from './door/create-warm-transfer-task.js';
export type { OnJobEnd } from './door/job-end.js';
export type { InstructionParts, TaskSipConnection, WarmTransferTaskOptions } from './door/task-options.js';
export { WarmTransferStop } from './door/warm-transfer-stop.js';
export { WarmTransferToolError } from './door/warm-transfer-tool-error.js';
export type { CallOver } from './after/call-over.js';
export type { OnCallEnded } from './after/end-job.js';
export type { OnSessionClosed } from './after/on-session-closed.js';
export type { CallEnd, CallerFate, LeaveHow, Limit } from './machine/ending.js';
export type { Supervision } from './machine/plan.js';
export type { CallerState, HumanAgentState } from './machine/party-state.js';
export type { MergedCall } from './merged-call.js';
export type { TransferLogger } from './observe/transfer-logger.js';
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
export { prewarmTransfers, type PrewarmOptions } from './prewarm.js';
export type { CallerId } from './targets/caller-id.js';
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
export type { PromotionListener, TransferEvents, TransferListener, WaitListener } from './transfer-events.js';
export { TaskGroup, type TaskCompletedEvent, type TaskGroupOptions, type TaskGroupResult } from './task-group.js';
export type { TransferPhase, TransferPhaseEvent, TransferStatusNow, TransferWaitEvent } from './transfer-phase.js';
export type { BriefingSettings, WarmTransferOptions, WarmTransferSpeech } from './transfer-options.js';
export { WarmTransfer } from './warm-transfer.js';
export {
  WarmTransferError,
  type WarmTransferErrorCode,
  type WarmTransferOptionProblem,
} from './warm-transfer-error.js';
export { WarmTransferTask, type TransferContext, type WarmTransferResult } from './warm-transfer-task.js';
