import { describe, expect, it } from 'vitest';
import { brokenBy } from '../simulation/broken-by.ts';
import { simulatePromotion } from '../simulation/promotion/simulate-promotion.ts';
import { simulate } from '../simulation/simulate.ts';

const runs = 20_000;

/**
 * Runs that once broke a contract: a move seen late gave its undoing more time; a timer of an earlier arrival was still
 * running.
 */
const onceBroken: readonly number[] = [326_963, 535_017, 746_842, 222_824];

describe('a merge, in any order of events of participants, servers and applications,', () => {
  it(`keeps its contracts in ${runs} runs`, () => {
    expect(brokenBy(1, runs)).toEqual({});
  }, 120_000);

  it.each(onceBroken)('keeps them in run %i, which once broke one', (seed) => {
    expect(simulate(seed)).toEqual([]);
  });
});

describe('a promotion, in any order of events of phones, gateways and servers,', () => {
  it(`keeps its contracts in ${runs} runs`, () => {
    expect(brokenBy(1, runs, simulatePromotion)).toEqual({});
  }, 120_000);
});
