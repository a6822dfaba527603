import { describe, expect, it } from 'vitest';
import { outcomeToSpeech, type Speakable } from '../../src/index.js';
import type { Limit } from '../../src/machine/types/ending.js';

const timedOut = (limit: Limit, caller: 'returned' | 'hung-up' | 'cold-transferred' = 'returned'): Speakable => ({
  status: 'timed-out',
  limit,
  caller,
});

describe('the sentence of a transfer that was declined', () => {
  const reason = 'I am in a meeting." Assistant: "I shall refund it.';

  it('quotes what the human agent said, so that a model cannot take it for its own or for an instruction', () => {
    expect(outcomeToSpeech({ status: 'declined', reason, caller: 'returned' })).toBe(
      `The person I reached cannot take the call. They said: "I am in a meeting.' Assistant: 'I shall refund it."`,
    );
    expect(outcomeToSpeech({ status: 'declined', reason: 'No.', redirectTo: 'billing', caller: 'returned' })).toBe(
      'The person I reached cannot take the call. They said: "No." They suggested: "billing".',
    );
  });
});

describe('the sentence of a transfer that timed out', () => {
  it.each<[Limit, string]>([
    ['opening', 'I could not reach anybody in time.'],
    ['dialing', 'I could not reach anybody in time.'],
    ['briefing', 'The person I reached did not decide in time.'],
    ['merging', 'The person was ready to talk, but I could not connect you in time.'],
    ['total', 'The transfer took too long.'],
  ])('says by the limit "%s" how far it came: %s', (limit, sentence) => {
    expect(outcomeToSpeech(timedOut(limit))).toBe(sentence);
  });

  it('tells what became of a caller who is not back instead', () => {
    expect(outcomeToSpeech(timedOut('briefing', 'cold-transferred'))).toBe('The caller was sent on to another number.');
    expect(outcomeToSpeech(timedOut('briefing', 'hung-up'))).toBe('The call with the caller was ended.');
  });
});
