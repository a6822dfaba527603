import { describe, expect, it } from 'vitest';
import { allMutants, isFound } from '../support/simulation/mutants.js';

const WALKS = 12_000;

/** Machines that are not wrong: clearing a limit that has just been reached, or that was never set, is of no effect. */
const sameMachine: readonly RegExp[] = [/ \/ limit-reached \/ clear-(total|limit)$/, /idle \/ aborted \/ clear-total$/];

describe('a state machine with one fault', () => {
  const mutants = allMutants(WALKS);

  it('is met by the walks, for every entry of both tables and every effect', () => {
    expect(mutants.length).toBeGreaterThan(500);
    expect(mutants.filter(({ seeds }) => seeds.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('breaks a contract, whichever entry or effect is missing', () => {
    const survivors = mutants.filter((mutant) => !isFound(mutant)).map(({ name }) => name);
    expect(survivors.filter((name) => !sameMachine.some((same) => same.test(name)))).toEqual([]);
  });
});
