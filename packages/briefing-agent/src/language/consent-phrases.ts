/**
 * Phrases of answers, each a regular expression over normalized words: lower case, without accents, punctuation and
 * apostrophes, one space between words (`don't` is `dont`, `ça va` is `ca va`).
 *
 * An answer is a yes or a no only when phrases of these lists cover all of it. Anything else, such as a name, a time or a
 * question, leaves the answer to the second opinion, so the lists stay short.
 */
export interface ConsentPhrases {
  /** Phrases that mean yes after a question whether to connect; elsewhere they may mean "I am listening". */
  readonly yes: readonly string[];
  /** Phrases that mean no. */
  readonly no: readonly string[];
  /** Requests to be connected. An answer that ends in one is a yes, also after a no. */
  readonly connect: readonly string[];
  /** Phrases that do not change the meaning of an answer. */
  readonly filler: readonly string[];
  /** Phrases of the agent's questions, found anywhere in its last utterance. */
  readonly questions: {
    /** Questions whether to connect. */
    readonly connect: readonly string[];
    /** Questions whether they want to know more, or mind: a no may mean "continue", and a yes is no consent. */
    readonly more: readonly string[];
    /** Questions whether they are there, or for their name: a yes is no consent. */
    readonly presence: readonly string[];
  };
}

/**
 * The kind of question that an answer follows. `question`: any other question. `other`: none, or none before the human
 * agent interrupted.
 */
export type QuestionKind = 'connect' | 'more' | 'presence' | 'question' | 'other';

/** The meaning of an answer by the phrases of its language, without regard to the question. */
export type Meaning = 'connect' | 'yes' | 'no' | 'neither';
