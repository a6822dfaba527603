import { capacityTable } from './capacity.js';
import type { Machine } from './machine.js';
import { meetsGoal, type Measured, type Results, type Row } from './row.js';
import { summarize } from './statistics.js';

/** The table of all rows, with the machine that they were taken on. */
export function toMarkdown(machine: Machine, results: Results, command: string): string {
  const { rows, series } = results;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}; load before: ${machine.loadBefore.toFixed(1)}.`,
    `${versions.join(', ')}. Taken by \`${command}\`.`,
    'Each cell is the median (smallest to largest, number of values).',
    '',
    '| figure | unit | ours | the rival | floor | goal | met |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(lineOf),
    '',
    ...capacityTable(results),
    ...series.map(({ id, title }) => `![${title}](./${id}.svg)`),
    '',
  ].join('\n');
}

function lineOf(row: Row): string {
  const met = meetsGoal(row);
  const cells = [
    row.note === undefined ? row.figure : `${row.figure}; ${row.note}`,
    row.unit,
    cellOf(row.ours),
    cellOf(row.rival),
    cellOf(row.floor),
    row.goal?.text ?? '',
    met === undefined ? '' : met ? 'yes' : 'no',
  ];
  return `| ${cells.join(' | ')} |`;
}

function cellOf(measured: Measured | undefined): string {
  if (measured === undefined) return '–';
  if (typeof measured === 'string') return measured;
  if (measured.length === 0) return 'nothing measured';
  const { median, min, max, n } = summarize(measured);
  return n === 1 ? digits(median) : `${digits(median)} (${digits(min)}–${digits(max)}, ${n})`;
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(2)));
