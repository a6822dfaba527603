import { llm } from '@livekit/agents';
import type { AlreadyRunningOutcome, FailedOutcome } from '../outcome/outcome.js';

/** Thrown by a task that did not connect the caller: a sentence for the model, and the outcome. */
export class WarmTransferToolError extends llm.ToolError {
  readonly outcome: FailedOutcome | AlreadyRunningOutcome;

  constructor(outcome: FailedOutcome | AlreadyRunningOutcome) {
    super(outcome.describe());
    this.outcome = outcome;
  }
}
