import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fullSize, shortSize, type BenchSize } from './bench-size.js';
import { runChild } from './cost/run-child.js';
import { groups } from './groups.js';
import { describeMachine, watchStolenCpu, type Machine } from './result/machine.js';
import { toMarkdown } from './result/markdown.js';
import type { JudgedResults } from './result/row.js';
import { toSvg } from './result/svg-chart.js';

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
  const before = describeMachine();
  const stolen = watchStolenCpu();
  const described = (): Machine => ({ ...before, stolen: stolen() });
  const taken = new Map<string, JudgedResults>();
  const inOrder = (): JudgedResults => {
    const results = only.flatMap((name) => taken.get(name) ?? []);
    return { rows: results.flatMap(({ rows }) => rows), series: results.flatMap(({ series }) => series) };
  };
  const measure = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      const startedAt = performance.now();
      process.stderr.write(`measuring: ${name}\n`);
      try {
        taken.set(name, await measured(name, size));
      } catch (cause) {
        const { signal } = cause as { readonly signal?: string | null };
        process.stderr.write(`${name} failed: ${signal == null ? String(cause) : `its process died of ${signal}`}\n`);
        process.exitCode = 1;
      }
      process.stderr.write(`${name} took ${Math.round((performance.now() - startedAt) / 1_000)} s\n`);
      // Figures that were taken stay, also if the next group fails.
      await write(described(), inOrder(), command, folder);
    }
  };
  const isCalls = (name: string): boolean => size.atOnce && ['transfers', 'cloud', 'busy'].includes(name);
  await Promise.all([measure(only.filter(isCalls)), measure(only.filter((name) => !isCalls(name)))]);
  process.stdout.write(await write(described(), inOrder(), command, folder));
}

/** In a process of its own, so that one that its media library brings down takes no other group with it. */
const measured = (name: string, size: BenchSize): Promise<JudgedResults> =>
  runChild(new URL('./group-child.js', import.meta.url), [name, size === shortSize ? 'short' : 'full']);

/** Returns the table. */
async function write(machine: Machine, results: JudgedResults, command: string, folder: string): Promise<string> {
  const table = toMarkdown(machine, results, command);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), JSON.stringify({ machine, ...results }, undefined, 2));
  await writeFile(join(folder, 'results.md'), table);
  for (const series of results.series) await writeFile(join(folder, `${series.id}.svg`), toSvg(series));
  return table;
}

await main();
