import type { llm } from '@livekit/agents';
import { endOf, oneLine, visible } from '../language/quotable.js';
import type { Redactor } from '../options/context-options.js';
import { requireCount } from '../options/validate.js';

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
 * A message cannot pretend to be more than it is. Its line breaks become spaces, and the colon after a speaker's name
 * in it a look-alike, so that it adds no line in the name of the other speaker; its angle brackets become look-alikes,
 * so that it cannot close a fence around it; invisible characters are left out. The text is personal data.
 */
export function transcriptOf(chatCtx: llm.ChatContext, options: TranscriptOptions = {}): string {
  const { maxCharacters, caller, assistant, leftOut, last, redact } = { ...transcriptDefaults, ...options };
  requireCount('maxCharacters', maxCharacters);
  if (last !== undefined) requireCount('last', last);
  const lines = chatCtx.items.flatMap((item) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return [];
    const said = item.textContent ?? '';
    const text = withoutSpeakers(oneLine(redact === undefined ? said : redact(said)), [caller, assistant]);
    return text === '' ? [] : [{ speaker: item.role === 'user' ? caller : assistant, text: powerless(text) }];
  });
  const told = last === undefined ? lines : lines.slice(-last);
  return newest(told, maxCharacters, { leftOut, cut: told.length < lines.length });
}

/** Well-formed text without invisible characters, whose angle brackets cannot close a fence around it. */
export function powerless(text: string): string {
  const shown = visible(text).replaceAll(/[\p{Cc}\u2028\u2029]/gu, (control) =>
    /[\n\t]/.test(control) ? control : ' ',
  );
  return shown.replaceAll('<', '‹').replaceAll('>', '›');
}

/** The names of the speakers stand at the start of a line only. */
function withoutSpeakers(text: string, speakers: readonly string[]): string {
  const names = speakers.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return text.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])(${names.join('|')})(\s*)[:：]`, 'giu'), '$1$2∶');
}

interface Line {
  readonly speaker: string;
  readonly text: string;
}

function newest(lines: readonly Line[], maxCharacters: number, mark: { leftOut: string; cut: boolean }): string {
  const told = lines.map(({ speaker, text }) => `${speaker}: ${text}`);
  const whole = (mark.cut ? [mark.leftOut, ...told] : told).join('\n');
  if (whole.length <= maxCharacters) return whole;
  const kept: string[] = [];
  let left = maxCharacters - mark.leftOut.length;
  for (const line of told.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  if (kept.length > 0) return [mark.leftOut, ...kept].join('\n');
  // Not even the newest line fits: its end does, in the name of its speaker.
  const { speaker, text } = lines.at(-1) ?? { speaker: '', text: '' };
  const name = `${speaker}: …`;
  return name.length < maxCharacters ? name + endOf(text, maxCharacters - name.length) : '';
}
