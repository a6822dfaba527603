import type { llm } from '@livekit/agents';
import type { BriefingOptionProblem } from '../briefing-error.js';
import { type BriefingModels, isRealtime } from '../models/briefing-models.js';

/** Removes from one message what the human agent must not learn. */
export type Redactor = (text: string) => string;

/** The part of the conversation with the caller that the briefing agent gets. */
export interface ContextOptions {
  /**
   * - `all` (default): every message.
   * - `{ last: n }`: the newest n messages.
   * - `summary`: a model's summary, or all messages until it is written.
   * - `none`: nothing.
   * - a function: your own text; nothing until it resolves, and when it fails or is late.
   */
  scope?:
    | 'all'
    | { readonly last: number }
    | 'summary'
    | 'none'
    | ((chatCtx: llm.ChatContext, signal: AbortSignal) => string | Promise<string>);
  /** Applied to every message before anything else. Default `redactCardNumbers`; `null` for none. */
  redact?: Redactor | readonly Redactor[] | null;
  /** The longest text in characters; the newest part is kept. Default 8000. */
  maxCharacters?: number;
  /** Options of the scope `summary`. */
  summary?: {
    /** The model that writes it. Default `models.llm`; must be given when that is a realtime model or `null`. */
    llm?: llm.LLM;
    /** Instructions for it. Default: a few sentences about the caller, their wish, and what was tried. */
    instructions?: string;
  };
  /** Time for a summary or a function from `start()`, in milliseconds; a later text is not used. Default 4000. */
  timeoutMs?: number;
}

export const contextDefaults: {
  readonly scope: 'all';
  readonly maxCharacters: number;
  readonly timeoutMs: number;
} = Object.freeze({ scope: 'all', maxCharacters: 8000, timeoutMs: 4000 });

/** Returns the problem of a summary without a model that writes it. */
export function missingWriter(context: ContextOptions, models: BriefingModels): readonly BriefingOptionProblem[] {
  const writes = context.summary?.llm !== undefined || (models.llm !== null && !isRealtime(models.llm));
  if (context.scope !== 'summary' || writes) return [];
  return [{ option: 'context.summary.llm', reason: 'is missing: models.llm cannot write a summary' }];
}
