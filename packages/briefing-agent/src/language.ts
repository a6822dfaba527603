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

/** All that is said or understood without a model. Copy {@link english} and translate. */
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
  /** What the person says when they do not want the caller; after such a turn no accept by voice counts. */
  readonly refusal: RegExp;
  readonly sentences: Readonly<Record<SentenceName, string>>;
}

export const english: BriefingLanguage = Object.freeze({
  name: 'English',
  caller: 'Caller',
  assistant: 'Assistant',
  leftOut: '(the beginning is left out)',
  cardNumber: '(card number)',
  refusal:
    /^\W*(?:(?:um+|uh+|oh|well|sorry|hm+|hi|hello)\W+)*(?:no|nope|nah)\b(?!\W+(?:problem|worries|doubt|trouble))|\b(?:not (?:right )?now|not (?:available|interested|today|for me)|can['’]?t|cannot|won['’]?t|(?:don['’]?t|do not) (?:want|connect|put)|(?:would|['’]d) rather not|busy|decline|refuse|wrong (?:number|person|department)|later)\b/i,
  sentences: Object.freeze({
    greeting: 'Hello, I have a caller on the line who needs a person. {keys} Or ask me.',
    hello: 'Hello? Is somebody there?',
    keys: 'Press {accept} to take the call, {decline} to decline.',
    fallback: 'A caller is waiting on the line to speak with you. I cannot tell you more. {keys}',
    voicemail: 'Hello, a caller tried to reach you through our assistant. Please call back. Goodbye.',
    timeOver: 'I have to let you go. Goodbye.',
    callerLeft: 'The caller has hung up. Thank you, goodbye.',
    canceled: 'The transfer was canceled. Thank you, goodbye.',
    declined: 'All right. Thank you, goodbye.',
    takenElsewhere: 'Somebody else has taken the call. Thank you, goodbye.',
    notConnected: 'I am sorry, I could not connect you. Goodbye.',
    failed: 'I am sorry, something went wrong on our side. Goodbye.',
  }),
});
