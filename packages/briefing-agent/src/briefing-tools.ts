import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { BriefingEvent } from './decide.js';
import { quotable } from './quotable.js';

/** Takes an event; answers why it had no effect, if it had none. */
export type Post = (event: BriefingEvent) => string | undefined;

/**
 * The tools of the briefing, and the user's own; of two with one name the user's stays.
 *
 * Ours only post what the model was told. One that had an effect returns nothing, so that no reply is generated
 * and the agent does not talk over what comes next.
 */
export function briefingTools(post: Post, own: readonly llm.ToolContextEntry[]): llm.ToolContextEntry[] {
  const ours = [
    llm.tool({
      name: 'connect_to_caller',
      description: 'Connects the person to the caller. Call it when the person has said that they want the caller.',
      execute: async () => post({ type: 'accept-called' }),
    }),
    llm.tool({
      name: 'decline_transfer',
      description: 'Ends the transfer. Call it when the person has said that they do not want the caller.',
      parameters: z.object({
        reason: z.string().describe('Why, in a few words of the person'),
        // Nullish, not optional: providers with strict schemas require every field, and send null.
        redirect_to: z.string().nullish().describe('Whom or which department the person named instead'),
      }),
      execute: async ({ reason, redirect_to: named }) => {
        const redirectTo = quotable(named ?? '');
        const redirect = redirectTo === '' ? {} : { redirectTo };
        return post({ type: 'decline-called', reason: quotable(reason), ...redirect });
      },
    }),
    llm.tool({
      name: 'voicemail_detected',
      description: 'Ends the transfer. Call it when a recording, a mailbox or a menu speaks instead of a person.',
      execute: async () => post({ type: 'voicemail-called' }),
    }),
  ];
  const taken = new Set(own.map((entry) => entry.id));
  return [...ours.filter((tool) => !taken.has(tool.id)), ...own];
}
