import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { toMarkdown } from '../src/result/markdown.js';
import { atMost, atMostShare, judged, type JudgedResults } from '../src/result/row.js';
import { toSvg } from '../src/result/svg-chart.js';

const run = promisify(execFile);

it('the bench writes the table and the data of what it measures', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  try {
    const { stdout } = await run(process.execPath, ['dist/main.js', '--short', '--only=machine', `--out=${folder}`]);
    const results = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as JudgedResults;
    expect(results.rows).toMatchObject([{ id: 'machine', ours: [expect.any(Number), expect.any(Number)] }]);
    const table = await readFile(join(folder, 'results.md'), 'utf8');
    expect(table).toContain('| state machine, transitions on one core | per second |');
    expect(stdout).toContain(table);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 120_000);

it('the bench refuses a group that it does not have, by name', async () => {
  const refused = run(process.execPath, ['dist/main.js', '--only=speed']);
  await expect(refused).rejects.toThrow(
    '--only=speed is unknown; there are transfers, cloud, busy, briefing, bridge, hold, machine, imports',
  );
}, 30_000);

const machine = {
  cpu: 'a CPU',
  cores: 2,
  memoryGiB: 4,
  node: 'v20.0.0',
  platform: 'linux x64',
  loadBefore: 0.25,
  stolen: 3,
  versions: { agents: '1.9.0' },
};

it('the table says whether the median meets its goal, and why there is none', () => {
  const results = judged({
    rows: [
      { id: 'a', figure: 'under', unit: 'ms', ours: [10, 30, 20], goal: atMost(25, 'within 25 ms') },
      {
        id: 'b',
        figure: 'a share',
        unit: 'MB',
        ours: [6],
        baseline: [10],
        goal: atMostShare(0.5, 'half'),
        note: 'same clip',
      },
      { id: 'c', figure: 'never', unit: 'ms', ours: 'never in 1 of 1', baseline: [], goal: atMost(1, 'within 1 ms') },
    ],
    series: [{ id: 'growth', title: 'Growth', unit: 'MB', lines: { ours: [[1, 1000]] } }],
  });
  const lines = toMarkdown(machine, results, 'npm run bench').split('\n');
  expect(lines[0]).toBe(
    'a CPU, 2 cores, 4 GiB, linux x64, Node v20.0.0; load before: 0.3; of its CPU the host gave 3.0 % to others meanwhile.',
  );
  expect(lines.filter((line) => line.startsWith('| ')).slice(2)).toEqual([
    '| under | ms | 20 (10–30, 3) | – | – | within 25 ms | yes |',
    '| a share; same clip | MB | 6 | 10 | – | half | no |',
    '| never | ms | never in 1 of 1 | nothing measured | – | within 1 ms |  |',
  ]);
  expect(lines).toContain('![Growth](./growth.svg)');
});

it('the bench draws a chart with a line for each library', () => {
  const svg = toSvg({
    id: 'growth',
    title: 'Growth',
    unit: 'MB',
    lines: {
      ours: [
        [1, 1],
        [2, 2],
      ],
      "LiveKit's task": [[1, 3]],
    },
  });
  expect(svg).toContain('Growth (MB)');
  expect(svg.match(/<circle/g)).toHaveLength(3);
  expect(svg.match(/stroke-width="2"/g)).toHaveLength(2);
});
