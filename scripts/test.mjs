import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check.mjs';
import { install, pnpm, step } from './run.mjs';

const long = process.argv.includes('--long');

const folders = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => join(group, name)));
const kinds = long ? ['long'] : ['pure', 'lab'];
const reports = [...folders, 'bench'].flatMap((folder) =>
  kinds.map((kind) => join(folder, '.reports', `vitest-${kind}.json`)),
);

/** Adds up what every package's test runs reported. A file that could not even be loaded counts as a failure. */
function count() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports.filter((file) => existsSync(file))) {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    for (const file of testResults) {
      if (file.status === 'failed' && file.assertionResults.length === 0) total.failed += 1;
      for (const { status } of file.assertionResults) {
        if (status === 'passed') total.passed += 1;
        else if (status === 'failed') total.failed += 1;
        else total.skipped += 1;
      }
    }
  }
  return total;
}

function conclude({ passed, failed, skipped }) {
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

/** For how long the cores have been idle since the machine was started, in milliseconds. */
function idleMs() {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0);
}

/** How many cores are idle just now. */
async function countFreeCores() {
  const [before, since] = [idleMs(), performance.now()];
  await sleep(1000);
  return (idleMs() - before) / (performance.now() - since);
}

/** Runs one kind of tests, `lanes` packages at a time; a failure lets the other packages run on. */
function test(kind, lanes, ...filters) {
  // Without `--only` the builds would be put in place anew, beneath the checks that read them.
  const turbo = [
    'run',
    'test',
    '--only',
    `--concurrency=${lanes}`,
    '--continue',
    '--output-logs=full',
    '--log-order=stream',
  ];
  const chosen = filters.map((filter) => `--filter=${filter}`);
  return step([`${kind} tests`, ...filters].join(' '), () =>
    pnpm(['exec', 'turbo', ...turbo, ...chosen, '--', '--project', kind], {
      env: { TEST_REPORT: `vitest-${kind}`, ...(long ? { TEST_LONG: '1' } : {}) },
    }),
  );
}

for (const report of reports) rmSync(report, { force: true });
try {
  await step('install', install);
  await step('build', () => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only']));
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  conclude({ passed: 0, failed: 1, skipped: 0 });
  process.exit();
}

// What only computes takes every core. What sounds takes half of one, so two packages at a time leave it room enough,
// where nothing else is busy; the tests of the programs start a process for each agent, and have the machine to themselves.
const errors = [];
const noted = (work) => work.catch((error) => errors.push(error.message));
if (long) await noted(test('long', 1));
else {
  await Promise.all([noted(check()), noted(test('pure', 1))]);
  await noted(test('lab', (await countFreeCores()) > 1.5 ? 2 : 1, './packages/*'));
  await noted(test('lab', 1, './apps/*', 'bench'));
}

const total = count();
for (const message of errors) process.stderr.write(`\n${message}\n`);
// An error outside of the tests, such as a lint error, is a failure too.
conclude(errors.length > 0 && total.failed === 0 ? { ...total, failed: 1 } : total);
