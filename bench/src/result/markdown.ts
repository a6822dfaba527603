import { capacityTable } from './capacity.js';
import type { Machine } from './machine.js';
import type { JudgedResults, JudgedRow, Measured } from './row.js';
import { summarize } from './statistics.js';

/** The table of all rows, with the machine that they were taken on. */
export function toMarkdown(machine: Machine, results: JudgedResults, command: string): string {
  const { rows, series } = results;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, Node ${machine.node}; load before: ${machine.loadBefore.toFixed(1)}${stolenBy(machine)}.`,
    `${versions.join(', ')}. Taken by \`${command}\`.`,
    'Each cell is the median (smallest to largest, number of values).',
    '',
    "| figure | unit | ours | LiveKit's task | floor | goal | met |",
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(lineOf),
    '',
    ...capacityTable(results),
    ...series.map(({ id, title }) => `![${title}](./${id}.svg)`),
    '',
  ].join('\n');
}

const stolenBy = ({ stolen }: Machine): string =>
  stolen === undefined ? '' : `; of its CPU the host gave ${stolen.toFixed(1)} % to others meanwhile`;

function lineOf(row: JudgedRow): string {
  const cells = [
    row.note === undefined ? row.figure : `${row.figure}; ${row.note}`,
    row.unit,
    cellOf(row.ours),
    cellOf(row.baseline),
    cellOf(row.floor),
    row.goal ?? '',
    row.met === undefined ? '' : row.met ? 'yes' : 'no',
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
