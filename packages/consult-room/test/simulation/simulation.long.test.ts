import { expect, it } from 'vitest';
import { brokenBy } from './broken-by.ts';
import { simulateRejoin } from './rejoin/simulate-rejoin.ts';
import { simulate } from './simulate.ts';

const runs = 1_000_000;

it.each([
  { what: 'merge', run: (seed: number) => simulate(seed) },
  { what: 'promotion', run: (seed: number) => simulateRejoin(seed) },
])(
  `a $what keeps its contracts in ${runs} runs`,
  ({ run }) => {
    expect(brokenBy(1, runs, run)).toEqual({});
  },
  60 * 60_000,
);
