/** Longest text that is passed on, in characters. */
const MAX = 300;

/**
 * Somebody's words as one line of at most 300 characters: what is heard on the line, or written by a model that was
 * talked into it, is read by the caller's agent later. Line breaks, also those of Unicode, become spaces; invisible
 * characters (direction, tags, zero width, halves of a pair) go, except the joiners that scripts and emoji need.
 */
export function quotable(text: string): string {
  const line = text
    .replaceAll(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  if (line.length <= MAX) return line;
  const cut = line.slice(0, MAX - 1).replace(/\p{Cs}$/u, '');
  return `${cut}…`;
}
