import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { JudgedResults, JudgedRow } from '../src/result/row.js';

const run = promisify(execFile);

const rows = [
  'run-to-request',
  'answer-to-word',
  'answer-to-word-slow',
  'accept-to-both',
  'run-to-hold',
  'caller-gives-up',
  'human-gives-up',
  'accept-to-both-cloud',
  'busy-at-once',
  'utterance-to-word',
  'silence-to-word',
  'bridge-delay',
  'bridge-cpu',
  'promotion-gap',
  'promotion-cpu',
  'hold-audible',
  'hold-quiet',
  'hold-steady-cpu',
  'hold-start-cpu',
  'hold-memory',
  'machine',
  ...['hold-audio', 'sip-dialer', 'consult-room', 'briefing-agent', 'warm-transfer'].flatMap((name) => [
    `import-time-@org/${name}`,
    `import-memory-@org/${name}`,
    `size-@org/${name}`,
  ]),
];

const isMeasured = ({ ours }: JudgedRow): boolean =>
  Array.isArray(ours) && ours.length > 0 && ours.every(Number.isFinite);

/** Speed itself is not asserted here: the machine may be busy. */
it('the bench runs, measures every figure of ours, and writes table, data and charts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  try {
    await run(process.execPath, ['--expose-gc', 'dist/main.js', '--short', `--out=${folder}`]);
    const results = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as JudgedResults;
    expect(results.rows.map(({ id }) => id)).toEqual(rows);
    expect(results.rows.filter((row) => !isMeasured(row)).map(({ id, ours }) => `${id}: ${String(ours)}`)).toEqual([]);
    const table = await readFile(join(folder, 'results.md'), 'utf8');
    for (const { figure } of results.rows) expect(table).toContain(figure);
    for (const id of ['hold-cpu', 'hold-memory', 'bridge-cpu']) {
      expect(await readFile(join(folder, `${id}.svg`), 'utf8')).toContain('</svg>');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}, 300_000);
