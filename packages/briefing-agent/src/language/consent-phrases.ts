/**
 * Phrases by which people answer, each a regular expression over normalized words: lower case, without accents,
 * punctuation and apostrophes, one space between words (`don't` is `dont`, `ça va` is `ca va`).
 *
 * An answer is read as yes or no only when phrases of these lists cover all of it. Anything beyond, a name, a time, a
 * question, leaves the answer to the second opinion, so the lists stay short.
 */
export interface ConsentPhrases {
  /** Mean yes as the answer to a question whether to connect; elsewhere they may mean "I am listening". */
  readonly yes: readonly string[];
  /** Mean no by themselves. */
  readonly no: readonly string[];
  /** Ask to be connected. An answer that ends in one is a yes, also after a no. */
  readonly connect: readonly string[];
  /** Change nothing in what an answer means. */
  readonly filler: readonly string[];
  /** Found anywhere in what the agent said last, they tell what it asked. */
  readonly questions: {
    /** Whether to connect. */
    readonly connect: readonly string[];
    /** Whether they want to know more, or mind: a no may mean "go on", and a yes no consent. */
    readonly more: readonly string[];
    /** Whether they are there, or who they are: a yes is no consent. */
    readonly presence: readonly string[];
  };
}

/**
 * The kind of question that an answer follows; `question` is any other question, and `other` none, or none before the
 * person broke in.
 */
export type QuestionKind = 'connect' | 'more' | 'presence' | 'question' | 'other';

/** The meaning of an answer by the phrases of its language, whatever was asked. */
export type Meaning = 'connect' | 'yes' | 'no' | 'neither';
