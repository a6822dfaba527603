/** Phrases, matched within an utterance without regard to case, or an expression for the whole utterance. */
export type CancelPhrases = readonly string[] | RegExp;

/** Whether an utterance contains one of the phrases. */
export function isCancel(words: CancelPhrases, said: string): boolean {
  // A global expression would keep its position.
  if (words instanceof RegExp) return new RegExp(words.source, words.flags.replaceAll(/[gy]/g, '')).test(said);
  const heard = ` ${plain(said)} `;
  return words.some((word) => heard.includes(` ${plain(word)} `));
}

/** Normalizes a text to lower-case letters and digits, with one space between words. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
