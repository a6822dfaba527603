import { llm, voice } from '@livekit/agents';
import { WarmTransferTask } from '@org/warm-transfer';
import { z } from 'zod';

/** Answers the phone, and transfers callers who ask about an invoice to the billing department. */
export class BillingDesk extends voice.Agent {
  /** @param billing phone number of the department */
  constructor(billing: string) {
    super({
      instructions: 'You answer the phone of a power company. For questions about invoices call transfer_to_billing.',
      tools: [
        llm.tool({
          name: 'transfer_to_billing',
          description: 'Puts the caller on hold and fetches a person of the billing department.',
          parameters: z.object({ question: z.string().describe('what the caller wants to know') }),
          execute: async ({ question }) => {
            await new WarmTransferTask({
              sipCallTo: billing,
              instructions: { extra: `The caller's question is: ${question}` },
              greetingSpeech: (session) => session.say(`A caller has a question: ${question} Will you take the call?`),
            }).run();
            return 'Connected.';
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Welcome. What can I do for you?');
  }
}
