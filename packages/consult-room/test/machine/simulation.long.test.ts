import { expect, it } from 'vitest';
import { brokenBy } from '../simulation/broken-by.ts';
import { simulatePromotion } from '../simulation/promotion/simulate-promotion.ts';
import { simulate } from '../simulation/simulate.ts';

const runs = 1_000_000;

it.each([
  { what: 'merge', run: (seed: number) => simulate(seed) },
  { what: 'promotion', run: (seed: number) => simulatePromotion(seed) },
])(
  `a $what keeps its contracts in ${runs} runs`,
  ({ run }) => {
    expect(brokenBy(1, runs, run)).toEqual({});
  },
  60 * 60_000,
);
