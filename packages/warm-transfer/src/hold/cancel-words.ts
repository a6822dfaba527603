import { WarmTransferError } from '../warm-transfer-error.js';

/** Words or phrases, whatever their case and what stands around them, or an expression for the whole of what is said. */
export type CancelWords = readonly string[] | RegExp;

/** @throws WarmTransferError `invalid-option` */
export function checkCancelWords(words: CancelWords | undefined): void {
  if (words === undefined || words instanceof RegExp) return;
  if (!Array.isArray(words) || words.length === 0 || !words.every((word) => typeof word === 'string' && plain(word))) {
    throw new WarmTransferError(
      'invalid-option',
      '`cancelWords` must be a list of words or phrases, at least one, or a RegExp',
    );
  }
}

/** Whether somebody who says this wants the AI back. */
export function isCancel(words: CancelWords, said: string): boolean {
  // One that is global would remember where it was.
  if (words instanceof RegExp) return new RegExp(words.source, words.flags.replaceAll(/[gy]/g, '')).test(said);
  const heard = ` ${plain(said)} `;
  return words.some((word) => heard.includes(` ${plain(word)} `));
}

/** Letters and digits, in small letters, one space between words. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
