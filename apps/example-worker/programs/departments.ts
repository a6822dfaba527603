import { llm, voice } from '@livekit/agents';
import { WarmTransferTask } from '@org/warm-transfer';
import { z } from 'zod';

/** Names of departments, as callers say them, with their phone numbers. */
export type DepartmentTable = Readonly<Record<string, string>>;

/** Connects callers with the department that they ask for; an unknown one is refused without a hold. */
export class Switchboard extends voice.Agent {
  constructor(departments: DepartmentTable) {
    const names = Object.keys(departments).join(', ');
    super({
      instructions: `You are the switchboard. These departments exist: ${names}. Call transfer_to_department.`,
      tools: [
        llm.tool({
          name: 'transfer_to_department',
          description: 'Puts the caller on hold and fetches a person of a department.',
          parameters: z.object({ department: z.string() }),
          execute: async ({ department }) => {
            const sipCallTo = departments[department.trim().toLowerCase()];
            if (sipCallTo === undefined) {
              throw new llm.ToolError(`There is no department "${department}". There are: ${names}.`);
            }
            await new WarmTransferTask({ sipCallTo, instructions: { extra: `You call ${department}.` } }).run();
            return 'Connected.';
          },
        }),
      ],
    });
  }

  override async onEnter(): Promise<void> {
    this.session.say('Whom would you like to talk to?');
  }
}
