import { voice } from '@livekit/agents';
import type { WarmTransferResult, WarmTransferTaskOptions, WarmTransferToolError } from '@org/warm-transfer';
import { transferTool } from './transfer-tool.js';

/** The agent that answers the phone. Asked for a person, it makes a warm transfer. */
export class Receptionist extends voice.Agent {
  constructor(
    transfer: WarmTransferTaskOptions,
    onOutcome: (outcome: WarmTransferResult | WarmTransferToolError['outcome']) => void,
  ) {
    super({
      instructions: 'You answer the phone. When the caller asks for a person, call transfer_to_human.',
      tools: [transferTool(transfer, onOutcome)],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Hello. How can I help you?');
  }
}
