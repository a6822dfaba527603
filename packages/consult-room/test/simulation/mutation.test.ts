import { describe, expect, it } from 'vitest';
import { allMutants, isFound } from './mutants.ts';

const runs = 6_000;

describe('a machine with one thing wrong', () => {
  const mutants = allMutants(runs);

  it('is met by the runs, for every entry of the table and every effect', () => {
    expect(mutants.length).toBeGreaterThan(200);
    expect(mutants.filter(({ seeds }) => seeds.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('breaks a contract, whichever entry or effect is missing', () => {
    const survivors = mutants.filter((mutant) => !isFound(mutant));
    expect(survivors.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});
