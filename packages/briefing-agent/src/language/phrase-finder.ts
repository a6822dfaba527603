import { normalizedWords } from './normalized-words.js';

/** Tells whether any of the phrases is found in a text; without phrases none is. */
export function phraseFinder(phrases: readonly string[] = []): (text: string) => boolean {
  const pattern = anywhere(phrases);
  return (text) => normalizedWords(text).search(pattern) >= 0;
}

/** Finds phrases over normalized words, at the borders of words. */
export function anywhere(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/g;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}
