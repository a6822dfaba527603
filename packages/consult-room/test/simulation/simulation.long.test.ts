import { expect, it } from 'vitest';
import { brokenBy } from './broken-by.ts';

const runs = 1_000_000;

it(
  `a merge keeps its contracts in ${runs} runs`,
  () => {
    expect(brokenBy(1, runs)).toEqual({});
  },
  60 * 60_000,
);
