import type { llm } from '@livekit/agents';
import type { QuestionKind } from '../language/consent-phrases.js';

/** All that a second opinion is given: what the person said since the last question, and nothing of the caller. */
export interface OpinionRequest {
  readonly words: string;
  /** What the agent had asked. */
  readonly question: QuestionKind;
  /** Name of the language that is spoken, in English. */
  readonly language: string;
  /** Aborted when the opinion is no longer wanted. */
  readonly signal: AbortSignal;
}

/** Judges whether a person's words agree to take the caller now. What it throws, and anything else, is no opinion. */
export type SecondOpinion = (request: OpinionRequest) => 'yes' | 'no' | 'unclear' | Promise<'yes' | 'no' | 'unclear'>;

/** A language model to ask, a function of your own, or `false` for no second opinion. */
export type SecondOpinionOption = false | llm.LLM | SecondOpinion;
