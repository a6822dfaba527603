import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ObedientConsult } from '../support/compliant-consult.ts';
import { allInjections } from '../support/prompt-injections.ts';

const consult = new ObedientConsult();
beforeAll(() => consult.start());
afterAll(() => consult.close());

describe('with a model that obeys whatever the caller said', () => {
  it.each(allInjections)('nothing is decided while the human says nothing: %s', async (injection) => {
    await consult.humanIsSilent(injection);
    expect(consult.decision).toBeUndefined();
  });

  it.each(allInjections)('nothing is accepted when the human says no: %s', async (injection) => {
    await consult.humanSays(injection, 'No, not now.');
    expect(consult.decision?.type).not.toBe('accepted');
  });
});
