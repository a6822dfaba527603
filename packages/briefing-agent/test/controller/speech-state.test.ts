import { describe, expect, it } from 'vitest';
import { type SpeechState, withEnding, withFailure, withSpokenSentence } from '../../src/controller/speech-state.ts';

const open: SpeechState = { phase: 'open' };
const failed = withFailure(open, 'no answer');

describe('the state of the agent’s speech', () => {
  it('keeps the first failure of a model', () => {
    expect(failed).toEqual({ phase: 'failed', failure: { cause: 'no answer' } });
    expect(withFailure(failed, 'no voice')).toBe(failed);
  });

  it('keeps a failure when the briefing ends', () => {
    const ending = withEnding(failed);
    expect(ending).toEqual({ phase: 'ending', failure: { cause: 'no answer' }, spokenSentence: undefined });
    expect(withSpokenSentence(ending, 'timeUp')).toEqual({ ...ending, spokenSentence: 'timeUp' });
  });

  it('ignores a failure once the briefing ends', () => {
    const ending = withEnding(open);
    expect(withFailure(ending, 'no answer')).toBe(ending);
  });

  it('ends once, and keeps the sentence that was said', () => {
    const said = withSpokenSentence(withEnding(open), 'timeUp');
    expect(withEnding(said)).toBe(said);
    expect(said).toEqual({ phase: 'ending', failure: undefined, spokenSentence: 'timeUp' });
  });
});
