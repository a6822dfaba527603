import type { Effect } from '../../src/strategy/effect.ts';
import type { StrategyEvent, TableEvent } from '../../src/strategy/event.ts';
import type { Phase, StrategyState } from '../../src/strategy/state.ts';
import type { StrategyTable } from '../../src/strategy/step.ts';
import { strategyTable, transition } from '../../src/strategy/transition.ts';
import { simulate } from './simulate.ts';

type Step = typeof transition;

/** A machine with one thing wrong, and runs on which it may show. */
export interface Mutant {
  readonly name: string;
  readonly step: Step;
  /** Seeds of runs that come by the thing that is wrong. */
  readonly seeds: readonly number[];
}

const seedsPerMutant = 150;

/**
 * A mutant for each entry of the table: without it; and one for each effect that a transition asks for: without that.
 * What no run comes by has no seeds.
 */
export function allMutants(runs: number): readonly Mutant[] {
  const seeds = new Map<string, number[]>(entryNames().map((name) => [name, []]));
  const note = (name: string, seed: number): void => {
    const known = seeds.get(name) ?? (name.startsWith('effect') ? [] : undefined);
    if (!known) return;
    if (known.length < seedsPerMutant && known.at(-1) !== seed) known.push(seed);
    seeds.set(name, known);
  };
  for (let seed = 1; seed <= runs; seed += 1) {
    simulate(seed, (state, event) => {
      const taken = transition(state, event);
      if (handles(state, event)) note(entryName(state.phase, event.type), seed);
      for (const effect of taken.effects) note(effectName(state, event, effect), seed);
      return taken;
    });
  }
  return [...seeds].map(([name, known]) => ({
    name,
    step: name.startsWith('entry') ? withoutEntry(name) : withoutEffect(name),
    seeds: known,
  }));
}

/** Whether a contract is broken on one of the runs that come by. */
export const isFound = ({ step, seeds }: Mutant): boolean => seeds.some((seed) => simulate(seed, step).length > 0);

function entryNames(): string[] {
  return Object.entries(strategyTable).flatMap(([phase, events]) =>
    Object.keys(events).map((type) => entryName(phase as Phase, type as TableEvent['type'])),
  );
}

function entryName(phase: Phase, type: StrategyEvent['type']): string {
  return `entry: ${phase} / ${type === 'close' ? 'caller-lost' : type}`;
}

function effectName({ phase }: StrategyState, { type }: StrategyEvent, effect: Effect): string {
  return `effect: ${phase} / ${type} / ${effect.type}${'timer' in effect ? ` ${effect.timer}` : ''}`;
}

/** An answer that no request waits for is handled by no entry. */
function handles(state: StrategyState, event: StrategyEvent): boolean {
  return !('id' in event) || Object.values(state.links.awaiting).includes(event.id);
}

function withoutEntry(name: string): Step {
  const table = Object.fromEntries(
    Object.entries(strategyTable).map(([phase, events]) => [
      phase,
      Object.fromEntries(
        Object.entries(events).filter(([type]) => entryName(phase as Phase, type as TableEvent['type']) !== name),
      ),
    ]),
  ) as StrategyTable;
  return (state, event) => transition(state, event, table);
}

function withoutEffect(name: string): Step {
  return (state, event) => {
    const taken = transition(state, event);
    return { ...taken, effects: taken.effects.filter((effect) => effectName(state, event, effect) !== name) };
  };
}
