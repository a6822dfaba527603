import type { Effect } from '../../../src/machine/types/effect.js';
import type { TransferEvent } from '../../../src/machine/state/event.js';
import type { TransferState } from '../../../src/machine/state/state.js';
import { tables, transition, type Tables } from '../../../src/machine/transition.js';
import { walk } from './random-walk.js';

type Step = typeof transition;

/** A machine with one thing wrong, and walks on which it shows. */
export interface Mutant {
  readonly name: string;
  readonly step: Step;
  /** Seeds of walks that come by the thing that is wrong. */
  readonly seeds: readonly number[];
}

const SEEDS_PER_MUTANT = 60;

/**
 * A mutant for each entry of the two tables: without it; and one for each effect that a transition asks for: without
 * that. What no walk comes by has no seeds.
 */
export function allMutants(walks: number): Mutant[] {
  const seeds = new Map<string, number[]>(entries().map(([name]) => [name, []]));
  for (let seed = 1; seed <= walks; seed += 1) {
    walk(seed, (state, event) => {
      const step = transition(state, event);
      for (const name of namesOf(state, event, step.effects)) {
        const known = seeds.get(name) ?? (name.startsWith('effect') ? [] : undefined);
        if (known === undefined) continue;
        if (known.length < SEEDS_PER_MUTANT && known.at(-1) !== seed) known.push(seed);
        seeds.set(name, known);
      }
      return step;
    });
  }
  const mutated = new Map(entries());
  return [...seeds].map(([name, known]) => ({ name, step: mutated.get(name) ?? without(name), seeds: known }));
}

/** Whether a contract is broken on one of the walks that come by. */
export const isFound = ({ step, seeds }: Mutant): boolean => seeds.some((seed) => walk(seed, step).length > 0);

function entries(): [name: string, step: Step][] {
  return (['transfer', 'attempt'] as const).flatMap((level) =>
    Object.entries(tables[level]).flatMap(([phase, events]) =>
      Object.keys(events).map((event): [string, Step] => {
        const { [event as keyof typeof events]: _removed, ...rest } = events;
        const mutated = { ...tables, [level]: { ...tables[level], [phase]: rest } } as Tables;
        return [`${level}: ${phase} / ${event}`, (state, happening) => transition(state, happening, mutated)];
      }),
    ),
  );
}

function without(name: string): Step {
  return (state, event) => {
    const step = transition(state, event);
    return { ...step, effects: step.effects.filter((effect) => effectName(state, event, effect) !== name) };
  };
}

function* namesOf(state: TransferState, event: TransferEvent, effects: readonly Effect[]): Generator<string> {
  for (const effect of effects) yield effectName(state, event, effect);
  const attempt = attemptPhase(state, event);
  if (attempt === undefined) yield `transfer: ${state.phase} / ${event.type}`;
  else {
    yield `attempt: ${attempt} / ${event.type}`;
    for (const report of reports) yield `transfer: ${state.phase} / ${report}`;
  }
}

/** An attempt's event may lead to any of these; whether it did shows. */
const reports = [
  'attempt-answered',
  'attempt-accepted',
  'attempt-merged',
  'attempt-over',
  'attempt-lost',
  'attempt-closed',
] as const;

function effectName(state: TransferState, event: TransferEvent, effect: Effect): string {
  const detail = 'limit' in effect ? `(${effect.limit})` : '';
  const from = attemptPhase(state, event);
  return `effect: ${state.phase}${from === undefined ? '' : `, ${from}`} / ${event.type} / ${effect.type}${detail}`;
}

function attemptPhase(state: TransferState, event: TransferEvent): string | undefined {
  return 'attemptId' in event && 'attempts' in state ? state.attempts[event.attemptId]?.phase : undefined;
}
