import type { llm } from '@livekit/agents';
import { lastCharacters, oneLine, stripInvisible } from '../language/quotable.js';
import type { Redactor } from '../options/context-options.js';
import { validateCount } from '../options/validate.js';

/** Options of {@link formatTranscript}. */
interface TranscriptOptions {
  /** The longest transcript in characters; the newest lines are kept. Default 8000. */
  maxCharacters?: number;
  /** The caller's name at the start of their lines. Default `Caller`. */
  caller?: string;
  /** The assistant's name at the start of its lines. Default `Assistant`. */
  assistant?: string;
  /** The first line of a transcript whose beginning is omitted. Default `(the beginning is left out)`. */
  truncationMarker?: string;
  /** The number of messages, the newest ones. Default all. */
  last?: number;
  /** Applied to the text of every message. Default none. */
  redact?: Redactor;
}

const defaults: Readonly<Required<Omit<TranscriptOptions, 'last' | 'redact'>>> = Object.freeze({
  maxCharacters: 8000,
  caller: 'Caller',
  assistant: 'Assistant',
  truncationMarker: '(the beginning is left out)',
});

/**
 * Formats a conversation as text: one line per message, oldest first, without instructions, tool calls and empty messages.
 *
 * A message cannot imitate the format. Its line breaks become spaces, and the colon after a speaker's name becomes a
 * look-alike, so that it adds no line in the name of the other speaker. Its angle brackets become look-alikes, so that it
 * cannot close a fence around it. Invisible characters are removed. The text is personal data.
 *
 * @throws BriefingError `invalid-option` when `maxCharacters` or `last` is not a positive whole number
 */
export function formatTranscript(chatCtx: llm.ChatContext, options: TranscriptOptions = {}): string {
  const { maxCharacters, caller, assistant, truncationMarker, last, redact } = { ...defaults, ...options };
  validateCount('maxCharacters', maxCharacters);
  if (last !== undefined) validateCount('last', last);
  const lines = chatCtx.items.flatMap((item) => {
    if (item.type !== 'message' || (item.role !== 'user' && item.role !== 'assistant')) return [];
    const said = item.textContent ?? '';
    const text = withoutSpeakers(oneLine(redact === undefined ? said : redact(said)), [caller, assistant]);
    return text === '' ? [] : [{ speaker: item.role === 'user' ? caller : assistant, text: escapeAngleBrackets(text) }];
  });
  const kept = last === undefined ? lines : lines.slice(-last);
  return newest(kept, maxCharacters, { truncationMarker, cut: kept.length < lines.length });
}

/** Returns well-formed text without invisible characters, whose angle brackets cannot close a fence around it. */
export function escapeAngleBrackets(text: string): string {
  const shown = stripInvisible(text).replaceAll(/[\p{Cc}\u2028\u2029]/gu, (control) =>
    /[\n\t]/.test(control) ? control : ' ',
  );
  return shown.replaceAll('<', '‹').replaceAll('>', '›');
}

/** Replaces the colons after speakers' names, which belong to the start of a line only. */
function withoutSpeakers(text: string, speakers: readonly string[]): string {
  const names = speakers.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return text.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])(${names.join('|')})(\s*)[:：]`, 'giu'), '$1$2∶');
}

interface Line {
  readonly speaker: string;
  readonly text: string;
}

function newest(
  lines: readonly Line[],
  maxCharacters: number,
  mark: { truncationMarker: string; cut: boolean },
): string {
  const told = lines.map(({ speaker, text }) => `${speaker}: ${text}`);
  const whole = (mark.cut ? [mark.truncationMarker, ...told] : told).join('\n');
  if (whole.length <= maxCharacters) return whole;
  const kept: string[] = [];
  let left = maxCharacters - mark.truncationMarker.length;
  for (const line of told.toReversed()) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.unshift(line);
  }
  if (kept.length > 0) return [mark.truncationMarker, ...kept].join('\n');
  // The newest line does not fit: its end does, after the name of its speaker.
  const { speaker, text } = lines.at(-1) ?? { speaker: '', text: '' };
  const name = `${speaker}: …`;
  return name.length < maxCharacters ? name + lastCharacters(text, maxCharacters - name.length) : '';
}
