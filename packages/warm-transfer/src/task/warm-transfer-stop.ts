import { voice } from '@livekit/agents';
import type { FailedOutcome } from '../outcome/outcome.js';

/**
 * Thrown by a task whose caller is gone as the program wanted: cold-transferred, or hung up on by the policy. Thrown by
 * a tool, it makes the framework reply nothing: the old leg of a cold-transferred caller lives for another second, in
 * which a sentence would be heard.
 */
export class WarmTransferStop extends voice.StopResponse {
  override readonly name: string = 'WarmTransferStop';
  readonly outcome: FailedOutcome;

  constructor(outcome: FailedOutcome) {
    super();
    this.message = outcome.describe();
    this.outcome = outcome;
  }

  /** Whether the caller is gone for a reason that is not a failure. A canceled transfer has failed. */
  static isWanted({ status, caller }: FailedOutcome): boolean {
    return caller === 'cold-transferred' || (caller === 'hung-up' && status !== 'aborted');
  }
}
