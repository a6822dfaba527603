import { anySignal, within } from '@org/support';
import { contextDefaults } from '../options/context-options.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import { briefingInstructions } from '../prompt/briefing-instructions.js';
import { conversationContext } from '../prompt/conversation-context.js';
import { briefingTools, type ToolCallHandler } from './briefing-tools.js';
import { GatedAgent } from './gated-agent.js';

/** Creates the agent with its tools and the part of the conversation that is known already. */
export function createBriefingAgent(options: ParsedOptions, handler: ToolCallHandler): GatedAgent {
  const { text } = conversationContext(options);
  const tools = briefingTools(handler, options.tools);
  const filler = options.sentences.get('filler');
  return new GatedAgent({ instructions: promptWith(text, options), tools }, options.scope, {
    text: typeof filler === 'string' ? filler : null,
    afterMs: options.limits.fillerMs,
  });
}

/**
 * Updates the agent's instructions with a summary, or the user's own text, once it is written. Does nothing when that
 * takes too long or fails. Resolves to the text once the instructions have been updated.
 */
export async function updateInstructions(
  agent: GatedAgent,
  options: ParsedOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { write } = conversationContext(options);
  if (write === undefined) return undefined;
  const { timeoutMs } = { ...contextDefaults, ...options.context };
  const late = anySignal(AbortSignal.timeout(timeoutMs), signal);
  const text = await within(timeoutMs, write(late), () => undefined, { signal: late }).catch(() => undefined);
  if (text === undefined) return undefined;
  // A realtime model whose instructions cannot be changed keeps the first ones.
  const updating = agent.updateInstructions(promptWith(text, options));
  await within(timeoutMs, updating, () => undefined, { signal }).catch(() => undefined);
  return text;
}

function promptWith(transcript: string, options: ParsedOptions): string {
  const { instructions, language, keys, names, greeting } = options;
  return briefingInstructions({
    ...(instructions === undefined ? {} : { instructions }),
    ...(names === undefined ? {} : { names }),
    language: language.name,
    speakers: language,
    transcript,
    keys,
    keysAreSaid: typeof greeting === 'string' && keys !== null && greeting.includes(keys.accept),
  });
}
