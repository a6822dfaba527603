import { contextDefaults } from '../options/context-options.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import { briefingInstructions } from '../prompt/briefing-instructions.js';
import { conversationContext } from '../prompt/conversation-context.js';
import { settleWithin } from '../settle-within.js';
import { briefingTools, type ToolDesk } from './briefing-tools.js';
import { GatedAgent } from './gated-agent.js';

/** The agent with its tools, told what there is of the conversation. */
export function briefedAgent(options: CheckedOptions, desk: ToolDesk): GatedAgent {
  const { text } = conversationContext(options);
  const tools = briefingTools(desk, options.tools);
  const filler = options.sentences.get('filler');
  return new GatedAgent({ instructions: promptWith(text, options), tools }, options.scope, {
    text: typeof filler === 'string' ? filler : null,
    afterMs: options.limits.fillerMs,
  });
}

/**
 * Tells the agent a summary, or the user's own text, once it is written; if that takes too long or fails, nothing.
 * Resolves with the text when the agent has been told.
 */
export async function improveBrief(
  agent: GatedAgent,
  options: CheckedOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { better } = conversationContext(options);
  if (better === undefined) return undefined;
  const { limitMs } = { ...contextDefaults, ...options.context };
  const late = AbortSignal.any([AbortSignal.timeout(limitMs), signal]);
  let text: string | undefined;
  const writing = better(late).then((written) => (text = written));
  await settleWithin(writing, { limitMs, signal: late });
  if (text === undefined) return undefined;
  // A realtime model that cannot be told anew keeps what it was told first.
  await settleWithin(agent.updateInstructions(promptWith(text, options)), { limitMs, signal });
  return text;
}

function promptWith(transcript: string, options: CheckedOptions): string {
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
