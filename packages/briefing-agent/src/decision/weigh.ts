import type { Meaning } from '../language/consent-phrases.js';
import { normalizedWords } from '../language/normalized-words.js';
import type { Evidence, Turn } from './evidence.js';
import { wordsAreDue } from './line.js';
import type { RefusalKind } from './refusal.js';

/** What comes of an accept by voice: the caller, a refusal, or a little patience. */
export type Weighed = 'accepted' | 'wait' | Extract<RefusalKind, 'unheard' | 'unclear' | 'no' | 'misquoted'>;

export interface Weighing {
  readonly quote: string | undefined;
  readonly at: number;
  /** Nothing is waited for any more. */
  readonly isLate: boolean;
  readonly read: (text: string) => Meaning;
}

/**
 * Weighs what speaks for a yes of a person.
 *
 * A person has to be there, who answered after we had been heard, and they have to mean yes, by two judges: the phrases
 * of the language and the second opinion. A no of the phrases refuses and their yes is accepted, unless the opinion
 * is no; what they do not know is accepted only when the opinion is yes.
 */
export function weigh({ turn, said, line }: Evidence, { quote, at, isLate, read }: Weighing): Weighed {
  if (!isLate && wordsAreDue(line, at)) return 'wait';
  if (turn === null || !turn.answersUs) return 'unheard';
  if (quote !== undefined && !holds(said, quote)) return 'misquoted';
  const meaning = meaningOf(turn, read);
  if (meaning === 'no') return 'no';
  if (turn.opinion === null && turn.request !== null && !isLate) return 'wait';
  if (turn.opinion === 'no') return meaning === 'yes' ? 'unclear' : 'no';
  if (meaning === 'yes') return 'accepted';
  return turn.opinion === 'yes' && !onlyGoesAlong(turn, read) ? 'accepted' : 'unclear';
}

/** A bare yes to no question while we speak on is a listener's: whoever judges the words alone takes it for more. */
function onlyGoesAlong({ text, question, overUs }: Turn, read: Weighing['read']): boolean {
  return overUs && question === 'other' && read(text) === 'yes';
}

/** The phrases' verdict on an answer to what was asked. */
export function meaningOf({ text, question }: Turn, read: Weighing['read']): 'yes' | 'no' | 'neither' {
  const meaning = read(text);
  if (meaning === 'connect') return 'yes';
  // To any other question a yes means something else, and to a statement "go on".
  if (meaning === 'yes') return question === 'connect' ? 'yes' : 'neither';
  return meaning === 'no' && question !== 'more' && question !== 'presence' ? 'no' : 'neither';
}

function holds(said: string, quote: string): boolean {
  return ` ${normalizedWords(said)} `.includes(` ${normalizedWords(quote)} `);
}
