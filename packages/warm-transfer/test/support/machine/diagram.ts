import type { AttemptPortEvent } from '../../../src/machine/attempt/attempt-event.js';
import type { AttemptState } from '../../../src/machine/attempt/attempt-state.js';
import type { AttemptStep } from '../../../src/machine/attempt/attempt-step.js';
import type { TransferEvent } from '../../../src/machine/state/event.js';
import type { TransferState } from '../../../src/machine/state/state.js';
import { tables, transition } from '../../../src/machine/transition.js';
import { Random } from '../simulation/random.js';
import { everyEvent, walk } from '../simulation/random-walk.js';

const WALKS = 2_000;

type Edges = Map<string, Set<string>>;

/** The state diagram of both levels, drawn from what the machine does with every event in the states of many walks. */
export function stateDiagram(): string {
  const transfer: Edges = new Map();
  const attempt: Edges = new Map();
  const random = new Random(1);
  for (let seed = 1; seed <= WALKS; seed += 1) {
    walk(seed, (state, event) => {
      for (const possible of everyEvent(random, state)) draw(state, possible, transfer, attempt);
      return transition(state, event);
    });
  }
  return [
    '# How a transfer goes',
    '',
    'Drawn from the code by `test/machine/diagram.test.ts`, which fails when the two differ. Events that change no phase',
    'are left out. A transfer has any number of attempts, at once or one after another; each has a machine of its own.',
    '',
    '## The transfer',
    '',
    ...mermaid(transfer, Object.keys(tables.transfer)),
    '',
    '## One attempt',
    '',
    ...mermaid(attempt, Object.keys(tables.attempt)),
    '',
  ].join('\n');
}

function draw(state: TransferState, event: TransferEvent, transfer: Edges, attempt: Edges): void {
  const after = transition(state, event).state;
  if (!('attemptId' in event)) return add(transfer, state.phase, after.phase, event.type);
  const before = 'attempts' in state ? state.attempts[event.attemptId] : undefined;
  if (before === undefined) return;
  const is = 'attempts' in after ? after.attempts[event.attemptId]?.phase : undefined;
  add(attempt, before.phase, is ?? 'closed', event.type);
  const handler = tables.attempt[before.phase][event.type] as
    | ((state: AttemptState, event: AttemptPortEvent) => AttemptStep)
    | undefined;
  const report = handler?.(before, event).report;
  if (report !== undefined) add(transfer, state.phase, after.phase, report.type);
}

function add(edges: Edges, from: string, to: string, event: string): void {
  if (from === to) return;
  const key = `${from} ${to}`;
  edges.set(key, (edges.get(key) ?? new Set()).add(event));
}

const id = (phase: string): string => phase.replaceAll('-', '_');

function mermaid(edges: Edges, phases: readonly string[]): string[] {
  const lines = phases.flatMap((from) =>
    phases.flatMap((to) => {
      const events = [...(edges.get(`${from} ${to}`) ?? [])].toSorted();
      return events.length === 0 ? [] : [`  ${id(from)} --> ${id(to)}: ${events.join('<br>')}`];
    }),
  );
  const [first = ''] = phases;
  return [
    '```mermaid',
    'stateDiagram-v2',
    `  [*] --> ${id(first)}`,
    ...lines,
    `  ${id(phases.at(-1) ?? '')} --> [*]`,
    '```',
  ];
}
