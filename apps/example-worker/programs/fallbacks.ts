import { llm, voice } from '@livekit/agents';
import { WarmTransferTask, WarmTransferToolError } from '@org/warm-transfer';

export interface Helpers {
  /** Phone numbers, the preferred one first. */
  readonly numbers: readonly string[];
  /** Receives the request for a callback, when no human agent could be reached. */
  readonly requestCallback: (reason: string) => Promise<void>;
}

/** Tries one number after the other; then asks for a call back, and goes on helping the caller itself. */
export class PatientDesk extends voice.Agent {
  constructor({ numbers, requestCallback }: Helpers) {
    super({
      instructions: 'You book appointments. When the caller insists on a person, call transfer_to_human.',
      tools: [
        llm.tool({
          name: 'transfer_to_human',
          description: 'Puts the caller on hold and fetches a person.',
          execute: async () => {
            let reason = 'There is no number to call.';
            for (const sipCallTo of numbers) {
              try {
                await new WarmTransferTask({ sipCallTo, ringingTimeout: 15_000 }).run();
                return 'Connected.';
              } catch (error) {
                // Its message is a sentence for the caller; anything else is an error of the program.
                if (!(error instanceof WarmTransferToolError)) throw error;
                if (error.outcome.status === 'caller-left') throw error;
                reason = error.message;
              }
            }
            await requestCallback(reason);
            return `${reason} They will be called back. Say so, and ask what else you can do.`;
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Hello. When would you like to come?');
  }
}
