/** The longest quote, in characters. */
const MAX_CHARACTERS = 300;

/**
 * Returns foreign words as one line of at most 300 characters. Words from the line, or of a model that was talked into
 * them, are read by the caller's agent later.
 */
export function quotable(text: string): string {
  const line = oneLine(text);
  return line.length <= MAX_CHARACTERS ? line : `${firstCharacters(line, MAX_CHARACTERS - 1)}…`;
}

/** Returns a string as one line: line breaks, also those of Unicode, and other control characters become spaces. */
export function oneLine(text: string): string {
  return stripInvisible(text)
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

/**
 * Removes invisible characters (direction, tags, zero width, halves of a pair), except the joiners that scripts and emoji
 * need.
 */
export function stripInvisible(text: string): string {
  return text.replaceAll(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, '');
}

/** Returns the first characters of a string, without half of a pair. */
export function firstCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Cs}$/u, '');
}

/** Returns the last characters of a string, without half of a pair. */
export function lastCharacters(text: string, length: number): string {
  return length > 0 ? text.slice(-length).replace(/^\p{Cs}/u, '') : '';
}
