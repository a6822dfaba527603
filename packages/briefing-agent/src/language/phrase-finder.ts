import { normalizedWords } from './normalized-words.js';

/** Creates a function that returns whether a text contains any of the phrases. */
export function phraseFinder(phrases: readonly string[] = []): (text: string) => boolean {
  const pattern = anywhere(phrases);
  return (text) => normalizedWords(text).search(pattern) >= 0;
}

/** Returns an expression that finds phrases in normalized words, at the borders of words. */
export function anywhere(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/g;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}
