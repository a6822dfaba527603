interface Named {
  readonly type: string;
}

interface State {
  readonly phase: string;
}

interface Step<S, F> {
  readonly state: S;
  readonly effects: readonly F[];
}

type Transition<S, E, F> = (state: S, event: E) => Step<S, F>;

/** A state machine with a table of phases and events, and its simulation. */
export interface TestedMachine<S extends State, E extends Named, F extends Named> {
  readonly table: Readonly<Record<string, object>>;
  /** Takes a step by the machine's own table, or by the given one. */
  readonly transition: (state: S, event: E, table?: Readonly<Record<string, object>>) => Step<S, F>;
  /** Returns the contracts that were broken. */
  readonly simulate: (seed: number, take: Transition<S, E, F>) => readonly string[];
  /** The entry of the table that handles an event, if any does. */
  readonly handledAs: (state: S, event: E) => string | undefined;
}

/** A machine with one fault, and whether a contract is broken in one of the runs that exercise it. */
export interface Mutant {
  readonly name: string;
  /** The number of runs that exercise the fault. */
  readonly runs: number;
  readonly isFound: () => boolean;
}

const seedsPerMutant = 150;

/**
 * Returns a mutant without each entry of the table, and one without each effect of a transition. A fault that none of
 * `runs` runs exercises has no runs.
 */
export function allMutants<S extends State, E extends Named, F extends Named>(
  machine: TestedMachine<S, E, F>,
  runs: number,
): readonly Mutant[] {
  const { table, transition, simulate, handledAs } = machine;
  const seeds = new Map<string, number[]>(entryNames(table).map((name) => [name, []]));
  const note = (name: string, seed: number): void => {
    const known = seeds.get(name) ?? (name.startsWith('effect') ? [] : undefined);
    if (!known) return;
    if (known.length < seedsPerMutant && known.at(-1) !== seed) known.push(seed);
    seeds.set(name, known);
  };
  for (let seed = 1; seed <= runs; seed += 1) {
    simulate(seed, (state, event) => {
      const taken = transition(state, event);
      const entry = handledAs(state, event);
      if (entry !== undefined) note(entryName(state.phase, entry), seed);
      for (const effect of taken.effects) note(effectName(state, event, effect), seed);
      return taken;
    });
  }
  const without = (name: string): Transition<S, E, F> => {
    if (name.startsWith('entry')) {
      const rest = withoutEntry(table, name);
      return (state, event) => transition(state, event, rest);
    }
    return (state, event) => {
      const taken = transition(state, event);
      return { ...taken, effects: taken.effects.filter((effect) => effectName(state, event, effect) !== name) };
    };
  };
  return [...seeds].map(([name, known]) => ({
    name,
    runs: known.length,
    isFound: () => {
      const step = without(name);
      return known.some((seed) => simulate(seed, step).length > 0);
    },
  }));
}

function entryNames(table: Readonly<Record<string, object>>): string[] {
  return Object.entries(table).flatMap(([phase, events]) => Object.keys(events).map((type) => entryName(phase, type)));
}

function entryName(phase: string, type: string): string {
  return `entry: ${phase} / ${type}`;
}

function effectName({ phase }: State, { type }: Named, effect: Named): string {
  return `effect: ${phase} / ${type} / ${effect.type}${'timer' in effect ? ` ${String(effect.timer)}` : ''}`;
}

function withoutEntry(table: Readonly<Record<string, object>>, name: string): Readonly<Record<string, object>> {
  const rest = (phase: string, events: object): object =>
    Object.fromEntries(Object.entries(events).filter(([type]) => entryName(phase, type) !== name));
  return Object.fromEntries(Object.entries(table).map(([phase, events]) => [phase, rest(phase, events)]));
}
