import { describe, expect, it } from 'vitest';
import { brokenBy } from './broken-by.ts';

const runs = 20_000;

describe('a merge, whatever people, servers and applications do in any order,', () => {
  it(`keeps its contracts in ${runs} runs`, () => {
    expect(brokenBy(1, runs)).toEqual({});
  }, 120_000);
});
