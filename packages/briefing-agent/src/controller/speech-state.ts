import type { BriefingSentenceName } from '../language/briefing-language.js';

/** The failure of a model after which only keys count. */
export interface SpeechFailure {
  readonly cause: unknown;
}

/** How far the agent's speech has come. */
export type SpeechState =
  /** No model has failed. */
  | { readonly phase: 'open'; readonly failure?: undefined }
  /** A model has failed: only keys count. */
  | { readonly phase: 'failed'; readonly failure: SpeechFailure }
  /** The briefing ends, with or without a last sentence, which counts once it is said. */
  | {
      readonly phase: 'ending';
      readonly failure: SpeechFailure | undefined;
      readonly spokenSentence: BriefingSentenceName | undefined;
    };

/** Returns the state after a model failed. Only the first failure counts, and none once the briefing ends. */
export function withFailure(state: SpeechState, cause: unknown): SpeechState {
  return state.phase === 'open' ? { phase: 'failed', failure: { cause } } : state;
}

/** Returns the state in which the briefing ends. */
export function withEnding(state: SpeechState): SpeechState {
  return state.phase === 'ending' ? state : { phase: 'ending', failure: state.failure, spokenSentence: undefined };
}

/** Returns the state after the last sentence was said. */
export function withSpokenSentence(state: SpeechState, name: BriefingSentenceName): SpeechState {
  return { phase: 'ending', failure: state.failure, spokenSentence: name };
}
