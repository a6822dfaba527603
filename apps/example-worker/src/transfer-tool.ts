// #region readme
import { llm } from '@livekit/agents';
import {
  WarmTransferTask,
  type WarmTransferTaskOptions,
  WarmTransferToolError,
  type WarmTransferResult,
} from '@org/warm-transfer';

/** A tool for the agent that has the caller. Make one per call, with the options of that call. */
export function transferTool(
  options: WarmTransferTaskOptions,
  onOutcome: (outcome: WarmTransferResult | WarmTransferToolError['outcome']) => void,
): llm.ToolContextEntry {
  return llm.tool({
    name: 'transfer_to_human',
    description: 'Puts the caller on hold, calls a human agent, and connects them.',
    execute: async () => {
      try {
        const result = await new WarmTransferTask(options).run();
        onOutcome(result); // result.call.ended resolves with who hung up, and when
        return 'The caller is talking to a human agent now.';
      } catch (error) {
        if (!(error instanceof WarmTransferToolError)) throw error;
        onOutcome(error.outcome); // error.outcome.status has the exact reason
        return error; // its message is a sentence that the model can speak
      }
    },
  });
}
// #endregion readme
