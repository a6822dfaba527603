// #region readme
import { describeOutcome, WarmTransfer, type WarmTransferOptions } from '@org/warm-transfer';

/** Transfers the caller of a session; resolves with the agent's next sentence, or undefined for none. */
export async function transferCaller(options: WarmTransferOptions): Promise<string | undefined> {
  await using transfer = new WarmTransfer(options);
  const outcome = await transfer.run();
  switch (outcome.status) {
    case 'connected': {
      const { by, caller } = await outcome.call.ended; // until then they talk, and the agent is silent
      return caller === 'returned' ? `I am back: the ${by} failed.` : undefined;
    }
    case 'declined':
      return `They said: ${outcome.reason}`;
    case 'busy':
    case 'no-answer':
      return 'I could not reach them. Shall I ask them to call you back?';
    default:
      return describeOutcome(outcome); // a sentence for every status
  }
}
// #endregion readme
