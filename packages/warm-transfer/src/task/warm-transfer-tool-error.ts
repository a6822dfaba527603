import { llm } from '@livekit/agents';
import type { AlreadyRunningOutcome, FailedOutcome } from '../outcome/outcome.js';

/** What a task rejects with when nobody was connected: a sentence that the model can speak, and the outcome itself. */
export class WarmTransferToolError extends llm.ToolError {
  readonly outcome: FailedOutcome | AlreadyRunningOutcome;

  constructor(outcome: FailedOutcome | AlreadyRunningOutcome) {
    super(outcome.toSpeech());
    this.outcome = outcome;
  }
}
