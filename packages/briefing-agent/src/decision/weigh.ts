import type { Meaning } from '../language/consent-phrases.js';
import { normalizedWords } from '../language/normalized-words.js';
import type { Evidence, Turn } from './evidence.js';
import { wordsAreDue } from './line.js';
import type { RefusalKind } from './refusal.js';

/** The result for an accept by voice: accepted, a reason to refuse it, or a wait. */
export type Weighed = 'accepted' | 'wait' | Extract<RefusalKind, 'unheard' | 'unclear' | 'no' | 'misquoted'>;

export interface Weighing {
  readonly quote: string | undefined;
  readonly at: number;
  /** Whether the wait has elapsed. */
  readonly isLate: boolean;
  readonly read: (text: string) => Meaning;
}

/**
 * Weighs the evidence of a yes.
 *
 * A person must be there, who answered after the agent had been heard, and they must mean yes, by two judges: the phrases
 * of the language and the second opinion. A no of the phrases refuses, and their yes is accepted unless the opinion
 * is no. Words that the phrases do not cover are accepted only when the opinion is yes.
 */
export function weigh({ turn, said, line }: Evidence, { quote, at, isLate, read }: Weighing): Weighed {
  if (!isLate && wordsAreDue(line, at)) return 'wait';
  if (turn === null || !turn.answersAgent) return 'unheard';
  if (quote !== undefined && !contains(said, quote)) return 'misquoted';
  const meaning = meaningOf(turn, read);
  if (meaning === 'no') return 'no';
  if (turn.opinion === null && turn.request !== null && !isLate) return 'wait';
  if (turn.opinion === 'no') return meaning === 'yes' ? 'unclear' : 'no';
  if (meaning === 'yes') return 'accepted';
  return turn.opinion === 'yes' && !onlyGoesAlong(turn, read) ? 'accepted' : 'unclear';
}

/** Returns whether a bare yes to no question, while the agent continued to speak, only means that the person listens. */
function onlyGoesAlong({ text, question, overAgent }: Turn, read: Weighing['read']): boolean {
  return overAgent && question === 'other' && read(text) === 'yes';
}

/** Returns the meaning of an answer to the question, by the phrases. */
export function meaningOf({ text, question }: Turn, read: Weighing['read']): 'yes' | 'no' | 'neither' {
  const meaning = read(text);
  if (meaning === 'connect') return 'yes';
  // To any other question a yes means something else, and to a statement "continue".
  if (meaning === 'yes') return question === 'connect' ? 'yes' : 'neither';
  return meaning === 'no' && question !== 'more' && question !== 'presence' ? 'no' : 'neither';
}

function contains(said: string, quote: string): boolean {
  return ` ${normalizedWords(said)} `.includes(` ${normalizedWords(quote)} `);
}
