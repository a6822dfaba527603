import type { ConsentPhrases } from './consent-phrases.js';

/**
 * - `introduction`: whose assistant it is. A part in brackets is left out when a name in it is not known.
 * - `greeting`: said first, when nothing else is chosen: introduction, headline and the question.
 * - `headline`: stands for the headline when no model has written one in time.
 * - `hello`: asks whether somebody is there, before they are told who is calling.
 * - `stillThere`: asks the same of somebody who has been told, after a silence.
 * - `filler`: said when the model takes its time.
 * - `keys`: which keys accept and decline; also what `{keys}` in another text stands for.
 * - `fallback`: the whole briefing, when a model failed or none is used.
 * - `screening`: answers a call screening that asks who is calling. It does not name the caller.
 * - `voicemail`: the message left on a machine.
 * - `timeOver`: the person was silent or undecided for too long.
 * - `callerLeft`, `canceled`, `declined`, `takenElsewhere`, `notConnected`, `failed`: last words of whoever runs the
 *   briefing, said with `sayFixed()`.
 */
export type SentenceName =
  | 'introduction'
  | 'greeting'
  | 'headline'
  | 'hello'
  | 'stillThere'
  | 'filler'
  | 'keys'
  | 'fallback'
  | 'screening'
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
  /**
   * Phrases of voicemail greetings, regular expressions over normalized words as in `consent`, found anywhere. After one
   * the agent asks whether somebody is there before it says who is calling. Without them only the length of a greeting tells.
   */
  readonly voicemail?: readonly string[];
  /** Phrases by which a call screening asks who is calling, likewise. Without them it is taken for a person. */
  readonly screening?: readonly string[];
  /** Phrases by which a queue, or whoever puts a call through, asks to wait for a person, likewise. */
  readonly queue?: readonly string[];
  /** Phrases of a menu of keys, likewise; they count with `machine.onMachine: { press }`. */
  readonly menu?: readonly string[];
  /** Phrases by which people ask to wait, likewise: they are given more time. */
  readonly moment?: readonly string[];
  readonly sentences: Readonly<Record<SentenceName, string>>;
}
