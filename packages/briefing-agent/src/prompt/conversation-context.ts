import type { llm } from '@livekit/agents';
import { endOf, startOf } from '../language/quotable.js';
import { isRealtime } from '../models/briefing-models.js';
import { contextDefaults, type Redactor } from '../options/context-options.js';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import { powerless, transcriptOf } from './format-transcript.js';
import { redactCardNumbers } from './redact-card-numbers.js';
import { summarize } from './summarize.js';

export interface ConversationContext {
  /** What the agent is told for the time being. */
  readonly text: string;
  /** Writes what it is told instead; `undefined` if there is nothing better. Rejects when it fails. */
  readonly better?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** What of the conversation with the caller the briefing agent is told. */
export function conversationContext(options: CheckedOptions): ConversationContext {
  const { chatCtx, context = {}, language, models } = options;
  const { scope, maxCharacters } = { ...contextDefaults, ...context };
  if (chatCtx === undefined || scope === 'none') return { text: '' };
  const redact = redactor(context.redact, language.cardNumber);
  if (typeof scope === 'function') {
    const custom = async (signal: AbortSignal): Promise<string> =>
      endOf(powerless(redact(await scope(chatCtx.copy(), signal))), maxCharacters);
    return { text: '', better: custom };
  }
  const last = typeof scope === 'object' ? { last: scope.last } : {};
  const { caller, assistant, leftOut } = language;
  const text = transcriptOf(chatCtx, { maxCharacters, caller, assistant, leftOut, redact, ...last });
  const writer = writerOf(context.summary?.llm, models.llm);
  if (scope !== 'summary' || writer === undefined || text === '') return { text };
  const summary = async (signal: AbortSignal): Promise<string | undefined> => {
    const written = await summarize({
      model: writer,
      conversation: text,
      language,
      instructions: context.summary?.instructions,
      signal,
    });
    return written === undefined ? undefined : startOf(powerless(redact(written)), maxCharacters);
  };
  return { text, better: summary };
}

/** Who writes about the conversation, if anyone can. */
export function writerOf(given: llm.LLM | undefined, model: CheckedOptions['models']['llm']): llm.LLM | undefined {
  if (given !== undefined) return given;
  return model === null || isRealtime(model) ? undefined : model;
}

function redactor(given: Redactor | readonly Redactor[] | null | undefined, cardNumber: string): Redactor {
  if (given === null) return (text) => text;
  if (given === undefined) return (text) => redactCardNumbers(text, cardNumber);
  const redactors = typeof given === 'function' ? [given] : given;
  return (text) => redactors.reduce((told, redact) => redact(told), text);
}
