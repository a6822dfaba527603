import { describe, expect, it } from 'vitest';
import { brokenBy, simulate } from '../support/simulation/simulate.js';
import { walk } from '../support/simulation/random-walk.js';

const RUNS = 20_000;
const WALKS = 5_000;

/**
 * Runs that once broke a contract: a caller who was on hold after the return; a briefing and a merge that both
 * failed while being prepared; a merge that broke in the moment in which it was proven; a hold that failed while the
 * caller was being returned, which was taken for a failure to return them.
 */
const onceBroken: readonly number[] = [654, 143, 53_925, 89_198, 134_088];

describe('with parties, networks and ports in any order,', () => {
  it(`the contracts are kept in ${RUNS} transfers`, async () => {
    expect(await brokenBy(1, RUNS)).toEqual({});
  }, 300_000);

  it.each(onceBroken)('the contracts are kept in run %i, which once broke one', async (seed) => {
    expect(await simulate(seed)).toEqual([]);
  });

  it(`the machine alone keeps its accounts on ${WALKS} walks`, () => {
    for (let seed = 1; seed <= WALKS; seed += 1) expect({ seed, wrong: walk(seed) }).toEqual({ seed, wrong: [] });
  }, 120_000);
});
