import type { QuestionKind } from '../language/consent-phrases.js';

/** The input of a second opinion: the human agent's words since the last question, and nothing of the caller. */
export interface OpinionRequest {
  /** The human agent's words since the last question. */
  readonly words: string;
  /** The kind of the agent's question. */
  readonly question: QuestionKind;
  /** The name of the spoken language, in English. */
  readonly language: string;
  /** Aborted when the opinion is no longer wanted. */
  readonly signal: AbortSignal;
}

/** Judges whether words agree to take the caller now. An error, or any other value, counts as no opinion. */
export type SecondOpinion = (request: OpinionRequest) => 'yes' | 'no' | 'unclear' | Promise<'yes' | 'no' | 'unclear'>;
