import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dispose } from '@livekit/rtc-node';
import { fullSize, shortSize, type BenchSize } from './bench-size.js';
import { measureBridge } from './bridge/bridge-rows.js';
import { measureTransfers } from './calls/transfer-rows.js';
import { measureImports } from './cost/import-rows.js';
import { measureMachine } from './cost/machine-rows.js';
import { measureHold } from './hold/hold-rows.js';
import { describeMachine, type Machine } from './result/machine.js';
import { toMarkdown } from './result/markdown.js';
import { noResults, type Results } from './result/row.js';
import { toSvg } from './result/svg-chart.js';

const groups: Readonly<Record<string, (size: BenchSize) => Promise<Results>>> = {
  machine: measureMachine,
  imports: measureImports,
  transfers: measureTransfers,
  bridge: measureBridge,
  hold: measureHold,
};

function readOptions(): { size: BenchSize; only: readonly string[]; folder: string; command: string } {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      out: { type: 'string', default: 'bench-results' },
    },
  });
  const only = values.only?.split(',') ?? Object.keys(groups);
  const unknown = only.find((name) => !(name in groups));
  if (unknown !== undefined) {
    throw new Error(`--only=${unknown} is unknown; there are ${Object.keys(groups).join(', ')}`);
  }
  return {
    size: values.short ? shortSize : fullSize,
    only,
    folder: resolve(values.out),
    command: `npm run bench${values.short ? ' -- --short' : ''}`,
  };
}

async function main(): Promise<void> {
  const { size, only, folder, command } = readOptions();
  const machine = describeMachine();
  const taken = new Map<string, Results>();
  const inOrder = (): Results => {
    const results = only.map((name) => taken.get(name) ?? noResults);
    return { rows: results.flatMap(({ rows }) => rows), series: results.flatMap(({ series }) => series) };
  };
  const measure = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const startedAt = performance.now();
      process.stderr.write(`measuring: ${name}\n`);
      taken.set(name, (await groups[name]?.(size)) ?? noResults);
      process.stderr.write(`${name} took ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
      // What is measured stays, whatever becomes of the next group.
      await write(machine, inOrder(), command, folder);
    }
  };
  const isCalls = (name: string): boolean => size.atOnce && name === 'transfers';
  await Promise.all([measure(only.filter(isCalls)), measure(only.filter((name) => !isCalls(name)))]);
  process.stdout.write(toMarkdown(machine, inOrder(), command));
}

async function write(machine: Machine, results: Results, command: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), JSON.stringify({ machine, ...results }, undefined, 2));
  await writeFile(join(folder, 'results.md'), toMarkdown(machine, results, command));
  for (const series of results.series) await writeFile(join(folder, `${series.id}.svg`), toSvg(series));
}

try {
  await main();
} finally {
  // The native media library keeps the process alive until it is told that nobody needs it any more.
  await dispose();
}
