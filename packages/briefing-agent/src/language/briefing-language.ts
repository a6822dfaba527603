import type { ConsentPhrases } from './consent-phrases.js';

/**
 * The name of a fixed sentence. New ones may be added.
 *
 * - `introduction`: names the assistant. A part in brackets is omitted when a name in it is unknown.
 * - `greeting`: the default first sentence: introduction, headline and the question.
 * - `headline`: replaces the headline when no model has written one in time.
 * - `areYouThere`: asks whether someone is there, before they are told who is calling.
 * - `stillThere`: asks the same after a silence, once they have been told.
 * - `filler`: said when an answer of the model is late.
 * - `keys`: names the keys that accept and decline; replaces `{keys}` in other strings.
 * - `fallback`: the whole briefing, when a model failed or none is used.
 * - `screening`: answers a call screening that asks who is calling, without the caller's name.
 * - `voicemail`: the message for a voicemail.
 * - `timeUp`: ends a briefing with a human agent who was silent or undecided for too long.
 * - `callerLeft`, `canceled`, `declined`, `answeredElsewhere`, `mergeFailed`, `failed`: last sentences for the program that
 *   runs the briefing, said with `sayFixed()`.
 */
export type BriefingSentenceName =
  | 'introduction'
  | 'greeting'
  | 'headline'
  | 'areYouThere'
  | 'stillThere'
  | 'filler'
  | 'keys'
  | 'fallback'
  | 'screening'
  | 'voicemail'
  | 'timeUp'
  | 'callerLeft'
  | 'canceled'
  | 'declined'
  | 'answeredElsewhere'
  | 'mergeFailed'
  | 'failed';

/** The sentences and phrases of a language, which need no model. For your own language, copy `englishBriefing` and translate. */
export interface BriefingLanguage {
  /** Its name in English, for the model: `German`. */
  readonly name: string;
  /** The caller's name at the start of their lines of the conversation. */
  readonly caller: string;
  /** The assistant's name there. */
  readonly assistant: string;
  /** The first line of a conversation whose beginning is omitted. */
  readonly truncationMarker: string;
  /** Replaces a card number. */
  readonly cardNumber: string;
  /**
   * Phrases of yes and no. Without them an accept by voice needs a second opinion that says yes; without either, only the
   * accept key connects.
   */
  readonly consent?: ConsentPhrases;
  /**
   * Phrases of voicemail greetings, regular expressions over normalized words as in `consent`, found anywhere. After one,
   * the agent asks whether someone is there before it says who is calling. Without them only the length of a greeting counts.
   */
  readonly voicemail?: readonly string[];
  /** Phrases of a call screening that asks who is calling, likewise. Without them it counts as a person. */
  readonly screening?: readonly string[];
  /** Phrases of a queue or a receptionist who asks to wait for a person, likewise. */
  readonly queue?: readonly string[];
  /** Phrases of a menu of keys, likewise; they count with `voicemail.onDetected: { dtmf }`. */
  readonly menu?: readonly string[];
  /** Phrases of people who ask for a moment, likewise: they get more time. */
  readonly moment?: readonly string[];
  /** The fixed sentences. */
  readonly sentences: Readonly<Record<BriefingSentenceName, string>>;
}
