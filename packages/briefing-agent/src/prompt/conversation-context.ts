import type { llm } from '@livekit/agents';
import { firstCharacters, lastCharacters } from '../language/quotable.js';
import { isRealtime } from '../models/briefing-models.js';
import { contextDefaults, type Redactor } from '../options/context-options.js';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import { escapeAngleBrackets, formatTranscript } from './format-transcript.js';
import { redactCardNumbers } from './redact-card-numbers.js';
import { summarize } from './summarize.js';

export interface ConversationContext {
  /** The text until `write` has resolved. */
  readonly text: string;
  /** Writes the text that replaces it; resolves to undefined when there is none. Rejects when it fails. */
  readonly write?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** Returns the part of the conversation with the caller that the briefing agent gets. */
export function conversationContext(options: ParsedOptions): ConversationContext {
  const { chatCtx, context = {}, language, models } = options;
  const { scope, maxCharacters } = { ...contextDefaults, ...context };
  if (chatCtx === undefined || scope === 'none') return { text: '' };
  const redact = redactor(context.redact, language.cardNumber);
  if (typeof scope === 'function') {
    const custom = async (signal: AbortSignal): Promise<string> =>
      lastCharacters(escapeAngleBrackets(redact(await scope(chatCtx.copy(), signal))), maxCharacters);
    return { text: '', write: custom };
  }
  const last = typeof scope === 'object' ? { last: scope.last } : {};
  const { caller, assistant, truncationMarker } = language;
  const text = formatTranscript(chatCtx, { maxCharacters, caller, assistant, truncationMarker, redact, ...last });
  const writer = resolveWriter(context.summary?.llm, models.llm);
  if (scope !== 'summary' || writer === undefined || text === '') return { text };
  const summary = async (signal: AbortSignal): Promise<string | undefined> => {
    const written = await summarize({
      model: writer,
      conversation: text,
      language,
      instructions: context.summary?.instructions,
      signal,
    });
    return written === undefined ? undefined : firstCharacters(escapeAngleBrackets(redact(written)), maxCharacters);
  };
  return { text, write: summary };
}

/** Returns the model that writes about the conversation, if there is one. */
export function resolveWriter(given: llm.LLM | undefined, model: ParsedOptions['models']['llm']): llm.LLM | undefined {
  if (given !== undefined) return given;
  return model === null || isRealtime(model) ? undefined : model;
}

function redactor(given: Redactor | readonly Redactor[] | null | undefined, cardNumber: string): Redactor {
  if (given === null) return (text) => text;
  if (given === undefined) return (text) => redactCardNumbers(text, cardNumber);
  const redactors = typeof given === 'function' ? [given] : given;
  return (text) => redactors.reduce((redacted, redact) => redact(redacted), text);
}
