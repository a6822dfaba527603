import { describe, expect, it } from 'vitest';
import { brokenBy } from './broken-by.ts';
import { simulateRejoin } from './rejoin/simulate-rejoin.ts';
import { simulate } from './simulate.ts';

const runs = 20_000;

/** Runs that once broke a contract: each move that was seen late gave the undoing of it further time. */
const onceBroken: readonly number[] = [326_963, 535_017, 746_842];

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
