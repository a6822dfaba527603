import type { llm } from '@livekit/agents';
import type { BriefingOptionProblem } from '../briefing-error.js';
import { type BriefingModels, isRealtime } from '../models/briefing-models.js';

/** Takes out of one message what the human is not to be told. */
export type Redactor = (text: string) => string;

/**
 * - `all`: every message.
 * - `{ last: n }`: the newest n messages.
 * - `summary`: a model's summary, or all messages while there is none (see {@link SummaryOptions}).
 * - `none`: nothing.
 * - a function: your own text. While it is not there, and when it fails or is late, nothing.
 */
export type ContextScope =
  | 'all'
  | { readonly last: number }
  | 'summary'
  | 'none'
  | ((chatCtx: llm.ChatContext, signal: AbortSignal) => string | Promise<string>);

export interface SummaryOptions {
  /** Who writes it. Default `models.llm`; must be given when that is a realtime model or none. */
  llm?: llm.LLM;
  /** What to write. Default: a few sentences on who the caller is, what they want, and what was tried. */
  instructions?: string;
}

export interface ContextOptions {
  /** Default `all`. */
  scope?: ContextScope;
  /** Applied to every message before anything else sees it. Default `redactCardNumbers`; `null` for none. */
  redact?: Redactor | readonly Redactor[] | null;
  /** Longest text in characters; the newest is kept. Default 8000. */
  maxCharacters?: number;
  summary?: SummaryOptions;
  /** For a summary or a function, counted from `start()`; what comes later is not used. Default 4000 ms. */
  limitMs?: number;
}

export const contextDefaults: {
  readonly scope: 'all';
  readonly maxCharacters: number;
  readonly limitMs: number;
} = Object.freeze({ scope: 'all', maxCharacters: 8000, limitMs: 4000 });

/** The writer that a summary lacks. */
export function missingWriter(context: ContextOptions, models: BriefingModels): readonly BriefingOptionProblem[] {
  const writes = context.summary?.llm !== undefined || (models.llm !== null && !isRealtime(models.llm));
  if (context.scope !== 'summary' || writes) return [];
  return [{ option: 'context.summary.llm', reason: 'is missing: models.llm cannot write a summary' }];
}
