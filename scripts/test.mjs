import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { install, isCanceled, pnpm, step } from './run.mjs';

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

/** Runs one kind of tests, one package at a time; a failure lets the other packages run on. */
function test(kind) {
  // Without `--only` the builds would be put in place anew, beneath the checks that read them.
  const turbo = ['run', 'test', '--only', '--concurrency=1', '--continue', '--output-logs=full', '--log-order=stream'];
  return step(`${kind} tests`, () =>
    pnpm(['exec', 'turbo', ...turbo, '--', '--project', kind], {
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

// What only computes takes every core. What sounds has the machine to itself: beside another package's sound, words of
// simulated people get lost.
const errors = [];
const noted = (work) => work.catch((error) => errors.push(error.message));
if (long) await noted(test('long'));
else {
  await Promise.all([noted(check()), noted(test('pure'))]);
  if (!isCanceled()) await noted(test('lab'));
}

const total = count();
for (const message of errors) process.stderr.write(`\n${message}\n`);
// An error outside of the tests, such as a lint error, is a failure too.
conclude(errors.length > 0 && total.failed === 0 ? { ...total, failed: 1 } : total);
