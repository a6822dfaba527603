import type { llm } from '@livekit/agents';
import { requireCount } from './require.js';

export interface TranscriptOptions {
  /** Longest transcript in characters; the newest lines are kept. Default 8000. */
  maxCharacters?: number;
  /** What the caller is called at the start of their lines. Default `Caller`. */
  caller?: string;
  /** What the assistant is called at the start of its lines. Default `Assistant`. */
  assistant?: string;
}

export const transcriptDefaults: Readonly<Required<TranscriptOptions>> = Object.freeze({
  maxCharacters: 8000,
  caller: 'Caller',
  assistant: 'Assistant',
});

/** First line of a transcript whose beginning was left out. */
const LEFT_OUT = '(the beginning is left out)';

/**
 * A conversation as text: one line per message, oldest first, without instructions, tool calls and empty messages.
 *
 * A message cannot pretend to be more than it is: its line breaks become spaces, so that it cannot add a line in
 * somebody else's name, and its angle brackets become look-alikes, so that it cannot close a fence around it.
 * The text is personal data.
 */
export function transcriptOf(chatCtx: llm.ChatContext, options: TranscriptOptions = {}): string {
  const { maxCharacters, caller, assistant } = { ...transcriptDefaults, ...options };
  requireCount('maxCharacters', maxCharacters);
  const lines = chatCtx.items.flatMap((item) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return [];
    const text = onOneLine(item.textContent ?? '');
    return text === '' ? [] : [`${item.role === 'user' ? caller : assistant}: ${text}`];
  });
  return newest(lines, maxCharacters);
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().replaceAll('<', '‹').replaceAll('>', '›');
}

function newest(lines: readonly string[], maxCharacters: number): string {
  const whole = lines.join('\n');
  if (whole.length <= maxCharacters) return whole;
  const kept: string[] = [];
  let left = maxCharacters - LEFT_OUT.length;
  for (const line of lines.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  return [LEFT_OUT, ...kept].join('\n').slice(0, maxCharacters);
}
