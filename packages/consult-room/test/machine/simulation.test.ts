import { describe, expect, it } from 'vitest';
import { brokenBy } from '../simulation/broken-by.ts';
import { simulateRejoin } from '../simulation/promotion/simulate-promotion.ts';
import { simulate } from '../simulation/simulate.ts';

const runs = 20_000;

/** Runs that once broke a contract: a move seen late gave its undoing further time; a limit of an earlier landing ran on. */
const onceBroken: readonly number[] = [326_963, 535_017, 746_842, 222_824];

describe('a merge, whatever people, servers and applications do in any order,', () => {
  it(`keeps its contracts in ${runs} runs`, () => {
    expect(brokenBy(1, runs)).toEqual({});
  }, 120_000);

  it.each(onceBroken)('and in run %i, which once broke one', (seed) => {
    expect(simulate(seed)).toEqual([]);
  });
});

describe('a promotion, whatever phones, gateways and servers do in any order,', () => {
  it(`keeps its contracts in ${runs} runs`, () => {
    expect(brokenBy(1, runs, simulateRejoin)).toEqual({});
  }, 120_000);
});
