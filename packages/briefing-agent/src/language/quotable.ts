/** Longest text that is passed on, in characters. */
const MAX = 300;

/**
 * Words of someone else as one line of at most 300 characters: what is heard on the line, or written by a model that was
 * talked into it, is read by the caller's agent later.
 */
export function quotable(text: string): string {
  const line = oneLine(text);
  return line.length <= MAX ? line : `${startOf(line, MAX - 1)}…`;
}

/** A text as one line: line breaks, also those of Unicode, and other control characters become spaces. */
export function oneLine(text: string): string {
  return visible(text)
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

/**
 * A well-formed text without invisible characters (direction, tags, zero width, halves of a pair), except the joiners
 * that scripts and emoji need.
 */
export function visible(text: string): string {
  return text.replaceAll(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, '');
}

/** The first characters of a text, without half of a pair. */
export function startOf(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Cs}$/u, '');
}

/** The last characters of a text, without half of a pair. */
export function endOf(text: string, length: number): string {
  return length > 0 ? text.slice(-length).replace(/^\p{Cs}/u, '') : '';
}
