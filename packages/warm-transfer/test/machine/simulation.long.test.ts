import { expect, it } from 'vitest';
import { brokenBy } from '../support/simulation/simulate.js';

const RUNS = 1_000_000;

it(
  `the contracts are kept in ${RUNS} transfers`,
  async () => {
    expect(await brokenBy(1, RUNS)).toEqual({});
  },
  2 * 60 * 60_000,
);
