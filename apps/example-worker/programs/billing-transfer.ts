import { llm, voice } from '@livekit/agents';
import { type MergedCall, WarmTransferTask } from '@org/warm-transfer';
import { z } from 'zod';

/** Answers the phone, and fetches a person of the billing department for whoever asks about an invoice. */
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
          execute: async ({ question }, { ctx }) => {
            const { call } = await new WarmTransferTask({
              sipCallTo: billing,
              instructions: { extra: `The caller's question is: ${question}` },
              greetingSpeech: (session) => session.say(`A caller has a question: ${question} Will you take the call?`),
            }).run();
            void endWith(call, ctx.session);
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

/** Nobody is left to talk to when the caller or the person has hung up. After a lost line the caller has the AI back. */
async function endWith(call: MergedCall, session: voice.AgentSession): Promise<void> {
  const { caller } = await call.ended;
  if (caller !== 'returned') session.shutdown();
}
