export { defaultLimits, type TransferLimits } from './limits.js';
export type { Farewell } from './machine/effect.js';
export type { CallEnd, LeaveHow, Limit } from './machine/ending.js';
export type { CallerState, HumanAgentState } from './machine/state.js';
export type { MergedCall } from './merged-call.js';
export {
  outcomeToSpeech,
  type AlreadyRunningOutcome,
  type ConnectedOutcome,
  type FailedOutcome,
  type TransferFacts,
  type TransferOutcome,
  type TransferStatus,
  type TransferTimings,
} from './outcome.js';
export type { TransferPhase, TransferPhaseEvent } from './transfer-phase.js';
export {
  defaultFarewells,
  type WarmTransferOptions,
  type WarmTransferSpeech,
  type WarmTransferTaskOptions,
} from './transfer-options.js';
export { WarmTransfer } from './warm-transfer.js';
export { WarmTransferError, type WarmTransferErrorCode } from './warm-transfer-error.js';
export { WarmTransferTask, WarmTransferToolError, type WarmTransferResult } from './warm-transfer-task.js';
