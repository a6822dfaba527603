import type { voice } from '@livekit/agents';
import type { BriefingLanguage, SentenceName } from './language/briefing-language.js';
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

  constructor(own: Sentences, language: BriefingLanguage, keys: Keys | null) {
    this.#own = own;
    this.#language = language;
    this.#keys = keys;
  }

  get(name: SentenceName): Sentence | null {
    const { [name]: own } = this.#own;
    if (own === null || typeof own === 'function') return own;
    return this.fill(own ?? this.#language.sentences[name]);
  }

  /** Puts the keys into a text: `{accept}`, `{decline}`, and `{keys}` for the sentence about both. */
  fill(text: string): string {
    const { accept = '', decline = '' } = this.#keys ?? {};
    return text
      .replaceAll('{keys}', () => this.#keysHint())
      .replaceAll('{accept}', accept)
      .replaceAll('{decline}', decline)
      .trim();
  }

  #keysHint(): string {
    if (this.#keys === null) return '';
    const { keys } = this.#own;
    return typeof keys === 'string' ? keys : this.#language.sentences.keys;
  }
}
