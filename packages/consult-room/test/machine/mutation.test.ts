import { describe, expect, it } from 'vitest';
import type { StrategyTable } from '../../src/machine/step.ts';
import { strategyTable, transition } from '../../src/machine/transition.ts';
import type { PromotionTable } from '../../src/promotion/promotion-step.ts';
import { promotionTable, transition as promotionTransition } from '../../src/promotion/transition.ts';
import { allMutants } from '../simulation/mutants.ts';
import { simulatePromotion } from '../simulation/promotion/simulate-promotion.ts';
import { simulate } from '../simulation/simulate.ts';

const runs = 6_000;

const merge = allMutants(
  {
    table: strategyTable,
    transition: (state, event, table) => transition(state, event, table as StrategyTable | undefined),
    simulate,
    // An answer that no request waits for is handled by no entry.
    handledAs: (state, event) => {
      const isHandled = !('id' in event) || Object.values(state.links.awaiting).includes(event.id);
      return isHandled ? (event.type === 'close' ? 'caller-lost' : event.type) : undefined;
    },
  },
  runs,
);

const promotion = allMutants(
  {
    table: promotionTable,
    transition: (state, event, table) => promotionTransition(state, event, table as PromotionTable | undefined),
    simulate: simulatePromotion,
    handledAs: (_state, event) => event.type,
  },
  runs,
);

describe.each([
  { what: 'a merge', mutants: merge, least: 200 },
  { what: 'a promotion', mutants: promotion, least: 100 },
])('the state machine of $what with one fault', ({ mutants, least }) => {
  it('is exercised by the runs, for every entry of the table and every effect', () => {
    expect(mutants.length).toBeGreaterThan(least);
    expect(mutants.filter((mutant) => mutant.runs === 0).map(({ name }) => name)).toEqual([]);
  });

  it('breaks a contract, for each missing entry or effect', () => {
    const survivors = mutants.filter((mutant) => !mutant.isFound());
    expect(survivors.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});
