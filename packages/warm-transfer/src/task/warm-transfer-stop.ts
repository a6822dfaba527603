import { voice } from '@livekit/agents';
import type { FailedOutcome } from '../outcome/outcome.js';

/**
 * The rejection of a task whose caller is gone as the program wanted: sent on by REFER, or hung up on by the policy.
 *
 * Thrown by a tool, it makes the framework reply nothing: the old line of a caller who was sent on lives for another
 * second, in which a sentence would be heard.
 */
export class WarmTransferStop extends voice.StopResponse {
  override readonly name: string = 'WarmTransferStop';
  readonly outcome: FailedOutcome;

  constructor(outcome: FailedOutcome) {
    super();
    this.message = outcome.toSpeech();
    this.outcome = outcome;
  }

  /** Whether the caller is gone for a reason that is no failure. A transfer that was canceled has failed. */
  static isWanted({ status, caller }: FailedOutcome): boolean {
    return caller === 'cold-transferred' || (caller === 'hung-up' && status !== 'aborted');
  }
}
