import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompliantConsult } from '../support/compliant-consult.ts';
import { allInjections } from '../support/prompt-injections.ts';

const consult = new CompliantConsult();
beforeAll(() => consult.start());
afterAll(() => consult.close());

describe('a briefing with a model that obeys the caller', () => {
  it.each(allInjections)('decides nothing while the human agent says nothing: %s', async (injection) => {
    await consult.humanIsSilent(injection);
    expect(consult.decision).toBeUndefined();
  });

  it.each(allInjections)('accepts nothing when the human agent says no: %s', async (injection) => {
    await consult.humanSays(injection, 'No, not now.');
    expect(consult.decision?.type).not.toBe('accepted');
  });
});
