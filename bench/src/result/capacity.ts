import type { Row } from './row.js';
import { median } from './statistics.js';

/** Above this share of its cores a worker's audio comes late when calls coincide. */
const LOAD = 0.7;
const centers = [10, 100, 1_000];

interface CallState {
  readonly name: string;
  readonly row: Row['id'];
  /** Percent of a core for one call, from the row's value. */
  readonly percent: (value: number) => number;
}

const states: readonly CallState[] = [
  // From CPU milliseconds per minute.
  { name: 'on hold', row: 'hold-steady-cpu', percent: (ms) => ms / 600 },
  { name: 'bridged', row: 'bridge-cpu', percent: (percent) => percent },
  { name: 'promoted (`rejoin`)', row: 'promotion-cpu', percent: (percent) => percent },
];

/** The cores that so many parallel calls need, from the measured cost of one. */
export function capacityTable({ rows }: { readonly rows: readonly Pick<Row, 'id' | 'ours'>[] }): readonly string[] {
  const lines = states.flatMap(({ name, row, percent }) => {
    const measured = rows.find(({ id }) => id === row)?.ours;
    if (!Array.isArray(measured) || measured.length === 0) return [];
    const each = percent(median(measured));
    const cores = centers.map((calls) => String(Math.ceil((calls * each) / 100 / LOAD)));
    return [`| ${name} | ${each.toFixed(1)} % | ${cores.join(' | ')} |`];
  });
  if (lines.length === 0) return [];
  return [
    `| state of the call | of a core each | ${centers.map((calls) => `cores for ${calls.toLocaleString('en-US')}`).join(' | ')} |`,
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `Cores at ${LOAD * 100} % load, for what the transfer itself costs; the models, the agent's session and the LiveKit server come on top.`,
    '',
  ];
}
