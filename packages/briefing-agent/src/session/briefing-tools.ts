import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { Decider } from '../decision/decider.js';
import { quotable } from '../language/quotable.js';

/** Handles the tool calls of the model. Returns the reason when a call had no effect. */
export type ToolCallHandler = Pick<Decider, 'accept' | 'call'>;

/**
 * Returns the tools of the briefing and the user's own. A tool of the user replaces a built-in one of the same name.
 *
 * The built-in tools only pass on the model's wish. A call that had an effect returns nothing, so that no reply is
 * generated and the agent does not talk over what follows.
 */
export function briefingTools(handler: ToolCallHandler, own: readonly llm.ToolContextEntry[]): llm.ToolContextEntry[] {
  const builtIn = [
    llm.tool({
      name: 'connect_to_caller',
      description: 'Connects the person to the caller. Call it when the person has said that they want the caller.',
      parameters: z.object({
        their_words: z.string().nullish().describe('The words by which they said yes, exactly as they said them'),
      }),
      execute: async ({ their_words: words }) => handler.accept(words?.trim() ? words : undefined),
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
        return handler.call({ type: 'decline-called', reason: quotable(reason), ...redirect });
      },
    }),
    llm.tool({
      name: 'voicemail_detected',
      description: 'Ends the transfer. Call it when a recording, a mailbox or a menu speaks instead of a person.',
      execute: async () => handler.call({ type: 'voicemail-called' }),
    }),
  ];
  const taken = new Set(own.map((entry) => entry.id));
  return [...builtIn.filter((tool) => !taken.has(tool.id)), ...own];
}
