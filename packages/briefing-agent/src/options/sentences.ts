import type { voice } from '@livekit/agents';
import type { BriefingLanguage, BriefingSentenceName } from '../language/briefing-language.js';
import { oneLine } from '../language/quotable.js';
import type { BriefingNames } from './instruction-options.js';
import type { BriefingKeys } from './keys.js';

/** A string, or a function that starts the speech, for instance in another voice or from recorded audio. */
export type BriefingSentence = string | ((session: voice.AgentSession) => voice.SpeechHandle);

/** Sentences that replace those of the language; `null` for silence. */
export type BriefingSentences = Readonly<Partial<Record<BriefingSentenceName, BriefingSentence | null>>>;

/** The fixed sentences of one briefing, which no model writes. */
export class SentenceTable {
  readonly #own: BriefingSentences;
  readonly #language: BriefingLanguage;
  readonly #keys: BriefingKeys | null;
  readonly #names: Pick<BriefingNames, 'assistant' | 'company'>;

  constructor(
    own: BriefingSentences,
    language: BriefingLanguage,
    keys: BriefingKeys | null,
    names: BriefingNames = {},
  ) {
    this.#own = own;
    this.#language = language;
    this.#keys = keys;
    this.#names = names;
  }

  get(name: BriefingSentenceName): BriefingSentence | null {
    const { [name]: own } = this.#own;
    if (own === null || typeof own === 'function') return own;
    return this.fill(own ?? this.#language.sentences[name]);
  }

  /**
   * Replaces the placeholders of a string: `{accept}`, `{decline}`, `{keys}` for the sentence about both, `{introduction}`,
   * and the names `{assistant}` and `{company}`. A part in brackets is omitted when a name in it is unknown.
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

  /** Replaces `{headline}` by the headline of this call, or by the fixed sentence. */
  withHeadline(text: string, headline: string | undefined): string {
    return text.replaceAll('{headline}', () => headline ?? this.fill(this.#textOf('headline'))).trim();
  }

  /** Returns a sentence that is part of others. */
  #textOf(name: 'introduction' | 'headline' | 'keys', isSaid = true): string {
    const { [name]: own } = this.#own;
    if (!isSaid || own === null) return '';
    return typeof own === 'string' ? own : this.#language.sentences[name];
  }
}
