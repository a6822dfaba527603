import type { ConsentPhrases, Meaning, QuestionKind } from './consent-phrases.js';
import { normalizedWords } from './normalized-words.js';
import { anywhere } from './phrase-finder.js';

type PhraseKind = 'yes' | 'no' | 'connect' | 'filler';

const phraseKinds: readonly PhraseKind[] = ['yes', 'no', 'connect', 'filler'];
const questionKinds = ['connect', 'more', 'presence'] as const;

/** Reads answers and questions by the phrases of one language. Pure. Without phrases every answer is `neither`. */
export class ConsentReader {
  readonly #phrases: readonly (readonly [PhraseKind, RegExp])[];
  readonly #questions: readonly (readonly [QuestionKind, RegExp])[];

  constructor(phrases: ConsentPhrases | undefined) {
    this.#phrases =
      phrases === undefined
        ? []
        : phraseKinds.flatMap((kind) => phrases[kind].map((phrase) => [kind, atStart(phrase)] as const));
    this.#questions =
      phrases === undefined ? [] : questionKinds.map((kind) => [kind, anywhere(phrases.questions[kind])]);
  }

  /** Returns the meaning of all words of one turn. */
  read(text: string): Meaning {
    if (endsInQuestion(text)) return 'neither';
    const clauses = text.split(/[,.;:!¡…–—]+/u).map((clause) => this.#kindsIn(normalizedWords(clause)));
    const kinds = clauses.flatMap((clause) => clause ?? ['unknown' as const]);
    if (kinds.includes('unknown') || clauses.some((clause) => clause !== undefined && isNegated(clause)))
      return 'neither';
    const found = new Set(kinds);
    if (kinds.findLast((kind) => kind === 'connect' || kind === 'no') === 'connect') return 'connect';
    if (found.has('no')) return found.has('yes') || found.has('connect') ? 'neither' : 'no';
    return found.has('yes') ? 'yes' : 'neither';
  }

  /** Returns the last question of an utterance of the agent. An offer of more takes precedence over an offer to connect. */
  questionIn(text: string): QuestionKind {
    const words = normalizedWords(text);
    const asked = this.#questions
      .map(([kind, pattern]) => ({ kind, at: [...words.matchAll(pattern)].at(-1)?.index ?? -1 }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    const other = endsInQuestion(text) ? 'question' : 'other';
    return asked.find(({ kind }) => kind === 'more')?.kind ?? asked.at(-1)?.kind ?? other;
  }

  /** Returns the kinds of the phrases that make up the words; undefined when they do not cover them. The longest phrase wins. */
  #kindsIn(words: string): PhraseKind[] | undefined {
    const kinds: PhraseKind[] = [];
    let rest = words;
    while (rest !== '') {
      const matches = this.#phrases.map(([kind, pattern]) => ({ kind, length: pattern.exec(rest)?.[0].length ?? 0 }));
      const longest = matches.reduce((best, match) => (match.length > best.length ? match : best), {
        kind: 'filler',
        length: 0,
      });
      if (longest.length === 0) return undefined;
      kinds.push(longest.kind);
      rest = rest.slice(longest.length).trimStart();
    }
    return kinds;
  }
}

/** Returns whether a transcript ends in a question mark. */
export function endsInQuestion(text: string): boolean {
  return /[?？؟]\s*$/u.test(text);
}

/** Returns whether a no in the same clause may deny a request: "no me lo pase" asks for the opposite of "no, pásemelo". */
function isNegated(kinds: readonly PhraseKind[]): boolean {
  return kinds.includes('no') && kinds.includes('connect');
}

function atStart(phrase: string): RegExp {
  return new RegExp(`^(?:${phrase})(?= |$)`, 'u');
}
