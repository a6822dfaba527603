import type { ConsentPhrases } from './consent-phrases.js';

/**
 * - `greeting`: said first, when nothing else is chosen.
 * - `hello`: once, when nobody has said anything yet.
 * - `keys`: which keys accept and decline; also what `{keys}` in another text stands for.
 * - `fallback`: the whole briefing, when a model failed or none is used.
 * - `voicemail`: the message left on a machine.
 * - `timeOver`: the person was silent or undecided for too long.
 * - `callerLeft`, `canceled`, `declined`, `takenElsewhere`, `notConnected`, `failed`: last words of whoever runs the
 *   briefing, said with `sayFixed()`.
 */
export type SentenceName =
  | 'greeting'
  | 'hello'
  | 'keys'
  | 'fallback'
  | 'voicemail'
  | 'timeOver'
  | 'callerLeft'
  | 'canceled'
  | 'declined'
  | 'takenElsewhere'
  | 'notConnected'
  | 'failed';

/** All that is said or understood without a model. For a language of your own, copy `english` and translate. */
export interface BriefingLanguage {
  /** Its name in English, as the model is told: `German`. */
  readonly name: string;
  /** What the caller is called at the start of their lines of the conversation. */
  readonly caller: string;
  /** What the caller's assistant is called there. */
  readonly assistant: string;
  /** First line of a conversation whose beginning was left out. */
  readonly leftOut: string;
  /** Stands for a card number. */
  readonly cardNumber: string;
  /**
   * Phrases by which people say yes and no. Without them an accept by voice needs the second opinion to say yes, and
   * with neither only the accept key connects.
   */
  readonly consent?: ConsentPhrases;
  readonly sentences: Readonly<Record<SentenceName, string>>;
}
