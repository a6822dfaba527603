// #region readme
import { outcomeToSpeech, WarmTransfer, type WarmTransferOptions } from '@org/warm-transfer';

/** Transfers the caller of a session; resolves with what the agent should say, or undefined when nothing. */
export async function fetchPerson(options: WarmTransferOptions): Promise<string | undefined> {
  await using transfer = new WarmTransfer(options);
  const outcome = await transfer.run();
  switch (outcome.status) {
    case 'connected': {
      const { by, caller } = await outcome.call.ended; // until then the two talk, and the agent is silent
      return caller === 'returned' ? `I am back: the ${by} failed.` : undefined;
    }
    case 'declined':
      return `They said: ${outcome.reason}`;
    case 'busy':
    case 'no-answer':
      return 'I could not reach anybody. Shall I ask them to call you back?';
    default:
      return outcomeToSpeech(outcome); // a sentence for every status
  }
}
// #endregion readme
