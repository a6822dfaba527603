// For applications: the task.
export { WarmTransferTask, type WarmTransferResult } from './task/warm-transfer-task.js';
export { createWarmTransferTask } from './task/create-warm-transfer-task.js';
export type { InstructionParts, WarmTransferTaskOptions } from './task/task-options.js';
export { WarmTransferStop } from './task/warm-transfer-stop.js';
export { WarmTransferToolError } from './task/warm-transfer-tool-error.js';
export { TaskGroup, type TaskCompletedEvent, type TaskGroupOptions, type TaskGroupResult } from './task/task-group.js';

// For applications: the transfer, and what both take and return.
export { WarmTransfer } from './warm-transfer.js';
export { prewarmTransfers } from './wiring/prewarm.js';
export type { PrewarmOptions } from './options/prewarm-options.js';
export type { TransferBriefingOptions, WarmTransferOptions } from './options/transfer-options.js';
export type { Introduction } from './options/introduction.js';
export type { TransferLimits } from './options/limits.js';
export type { TransferLogger } from './options/transfer-logger.js';
export type { OpeningHours } from './options/targets/opening-hours.js';
export type {
  RingAll,
  StagedTargets,
  TargetPlan,
  TargetResolver,
  Targets,
  TransferDepartment,
  TransferTarget,
  WarmTransferSpeech,
} from './options/targets/transfer-target.js';
export type { PolicyFunction, PolicyStep, TransferPolicy } from './options/policy/transfer-policy.js';
export type {
  AlreadyRunningOutcome,
  ConnectedOutcome,
  FailedOutcome,
  TransferOutcome,
  TransferStatus,
} from './outcome/outcome.js';
export { describeOutcome } from './outcome/describe-outcome.js';
export type { CallerDisposition } from './machine/types/ending.js';
export type { AttemptRecord } from './outcome/attempt-record.js';
export type { ConnectedCall } from './outcome/connected-call.js';
export type { ConnectedCallEnd } from './outcome/connected-call-end.js';
export type { TransferEvents } from './outcome/transfer-events.js';
export type {
  TransferPhase,
  TransferPhaseEvent,
  TransferSnapshot,
  TransferWaitEvent,
} from './outcome/transfer-phase.js';
export type { CallerState, HumanAgentState } from './machine/state/party-state.js';
export { WarmTransferError, type WarmTransferErrorCode } from './warm-transfer-error.js';
