const FEWEST_DIGITS = 13;
const MOST_DIGITS = 19;

interface Group {
  readonly digits: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Replaces digits that look like the number of a payment card: 13 to 19 of them, also in groups with single spaces, dashes
 * or dots between them, that begin with 2 to 6 and pass the Luhn check of ISO/IEC 7812-1.
 */
export function redactCardNumbers(text: string, replacement = '(card number)'): string {
  let redacted = '';
  let from = 0;
  for (const { index, 0: run } of text.matchAll(/\d+(?:[ .\-–\u00A0]\d+)*/g)) {
    for (const card of cardsIn(groupsOf(run))) {
      redacted += text.slice(from, index + card.from) + replacement;
      from = index + card.to;
    }
  }
  return redacted + text.slice(from);
}

function groupsOf(run: string): Group[] {
  return [...run.matchAll(/\d+/g)].map(({ index, 0: digits }) => ({ digits, from: index, to: index + digits.length }));
}

/** Finds card numbers in a run of groups: at the borders of groups, the longest first. */
function cardsIn(groups: readonly Group[]): { from: number; to: number }[] {
  const cards: { from: number; to: number }[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    const last = endOfCard(groups, first);
    const [from, to] = [groups[first]?.from, groups[last]?.to];
    if (from === undefined || to === undefined) continue;
    cards.push({ from, to });
    first = last;
  }
  return cards;
}

/** Returns the last group of the longest card number that begins with a group, or -1. */
function endOfCard(groups: readonly Group[], first: number): number {
  let digits = '';
  let end = -1;
  for (let last = first; last < groups.length && digits.length <= MOST_DIGITS; last += 1) {
    digits += groups[last]?.digits ?? '';
    if (isCardNumber(digits)) end = last;
  }
  return end;
}

function isCardNumber(digits: string): boolean {
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS || !/^[2-6]/.test(digits)) return false;
  let sum = 0;
  for (const [place, digit] of Array.from(digits, Number).toReversed().entries()) {
    const doubled = digit * (place % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
