import type { voice } from '@livekit/agents';
import type { BriefingLanguage, SentenceName } from '../language/briefing-language.js';
import { oneLine } from '../language/quotable.js';
import type { BriefingNames } from './instruction-options.js';
import type { Keys } from './keys.js';

/** A text, or a function that starts the speech itself: in another voice, or from recorded audio. */
export type Sentence = string | ((session: voice.AgentSession) => voice.SpeechHandle);

/** What differs from the table of the language; `null` says nothing at that point. */
export type Sentences = Readonly<Partial<Record<SentenceName, Sentence | null>>>;

/** The fixed sentences of one briefing: no model has a hand in them. */
export class SentenceTable {
  readonly #own: Sentences;
  readonly #language: BriefingLanguage;
  readonly #keys: Keys | null;
  readonly #names: Pick<BriefingNames, 'assistant' | 'company'>;

  constructor(own: Sentences, language: BriefingLanguage, keys: Keys | null, names: BriefingNames = {}) {
    this.#own = own;
    this.#language = language;
    this.#keys = keys;
    this.#names = names;
  }

  get(name: SentenceName): Sentence | null {
    const { [name]: own } = this.#own;
    if (own === null || typeof own === 'function') return own;
    return this.fill(own ?? this.#language.sentences[name]);
  }

  /**
   * Fills in what is known of a text: `{accept}`, `{decline}`, `{keys}` for the sentence about both, `{introduction}`, and
   * the names `{assistant}` and `{company}`. Part of it in brackets is left out when a name in that part is not known.
   */
  fill(text: string): string {
    const { accept = '', decline = '' } = this.#keys ?? {};
    return text
      .replaceAll('{introduction}', () => this.#textOf('introduction'))
      .replaceAll(/\[([^[\]]*\{(assistant|company)\}[^[\]]*)\]/g, (_, part: string, name: 'assistant' | 'company') =>
        this.#names[name] === undefined ? '' : part,
      )
      .replaceAll(/\{(assistant|company)\}/g, (_, name: 'assistant' | 'company') => oneLine(this.#names[name] ?? ''))
      .replaceAll('{keys}', () => this.#textOf('keys', this.#keys !== null))
      .replaceAll('{accept}', accept)
      .replaceAll('{decline}', decline)
      .trim();
  }

  /** The whole of what is said first: `{headline}` is the one written for this call, or the fixed one. */
  withHeadline(text: string, headline: string | undefined): string {
    return text.replaceAll('{headline}', () => headline ?? this.fill(this.#textOf('headline'))).trim();
  }

  /** A sentence that is part of others, and a text there. */
  #textOf(name: 'introduction' | 'headline' | 'keys', isSaid = true): string {
    const { [name]: own } = this.#own;
    if (!isSaid || own === null) return '';
    return typeof own === 'string' ? own : this.#language.sentences[name];
  }
}
