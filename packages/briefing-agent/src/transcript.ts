import type { llm } from '@livekit/agents';
import type { Redactor } from './context-options.js';
import { requireCount } from './require.js';

export interface TranscriptOptions {
  /** Longest transcript in characters; the newest lines are kept. Default 8000. */
  maxCharacters?: number;
  /** What the caller is called at the start of their lines. Default `Caller`. */
  caller?: string;
  /** What the assistant is called at the start of its lines. Default `Assistant`. */
  assistant?: string;
  /** First line of a transcript whose beginning was left out. */
  leftOut?: string;
  /** Only the newest messages, this many. Default all. */
  last?: number;
  /** Applied to the text of every message. Default none. */
  redact?: Redactor;
}

export const transcriptDefaults: Readonly<Required<Omit<TranscriptOptions, 'last' | 'redact'>>> = Object.freeze({
  maxCharacters: 8000,
  caller: 'Caller',
  assistant: 'Assistant',
  leftOut: '(the beginning is left out)',
});

/**
 * A conversation as text: one line per message, oldest first, without instructions, tool calls and empty messages.
 *
 * A message cannot pretend to be more than it is: its line breaks become spaces, so that it cannot add a line in
 * somebody else's name, and its angle brackets become look-alikes, so that it cannot close a fence around it.
 * The text is personal data.
 */
export function transcriptOf(chatCtx: llm.ChatContext, options: TranscriptOptions = {}): string {
  const { maxCharacters, caller, assistant, leftOut, last, redact } = { ...transcriptDefaults, ...options };
  requireCount('maxCharacters', maxCharacters);
  if (last !== undefined) requireCount('last', last);
  const lines = chatCtx.items.flatMap((item) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return [];
    const said = item.textContent ?? '';
    const text = onOneLine(redact === undefined ? said : redact(said));
    return text === '' ? [] : [`${item.role === 'user' ? caller : assistant}: ${text}`];
  });
  const told = last === undefined ? lines : lines.slice(-last);
  return newest(told, maxCharacters, { leftOut, cut: told.length < lines.length });
}

/** Takes the line breaks and angle brackets out of a text that somebody else wrote. */
function onOneLine(text: string): string {
  return powerless(text.replaceAll(/\s+/g, ' ').trim());
}

/** Angle brackets become look-alikes, so that a text cannot close a fence around it. */
export function powerless(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}

function newest(lines: readonly string[], maxCharacters: number, mark: { leftOut: string; cut: boolean }): string {
  const whole = (mark.cut ? [mark.leftOut, ...lines] : lines).join('\n');
  if (whole.length <= maxCharacters) return whole;
  const kept: string[] = [];
  let left = maxCharacters - mark.leftOut.length;
  for (const line of lines.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  if (kept.length > 0) return [mark.leftOut, ...kept].join('\n');
  // Not even the newest line fits: its end does.
  return (lines.at(-1) ?? '').slice(-maxCharacters);
}
