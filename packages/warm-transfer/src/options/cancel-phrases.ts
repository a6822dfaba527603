/** Words or phrases, whatever their case and what stands around them, or an expression for the whole of what is said. */
export type CancelWords = readonly string[] | RegExp;

/** Whether somebody who says this wants the AI back. */
export function isCancel(words: CancelWords, said: string): boolean {
  // One that is global would remember where it was.
  if (words instanceof RegExp) return new RegExp(words.source, words.flags.replaceAll(/[gy]/g, '')).test(said);
  const heard = ` ${plain(said)} `;
  return words.some((word) => heard.includes(` ${plain(word)} `));
}

/** Letters and digits, in small letters, one space between words. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
