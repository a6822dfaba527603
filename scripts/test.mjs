import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
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
  const total = { passed: 0, failed: [], skipped: 0 };
  for (const report of reports.filter((file) => existsSync(file))) {
    for (const { name, status, message, assertionResults } of JSON.parse(readFileSync(report, 'utf8')).testResults) {
      const file = relative('.', name);
      if (status === 'failed' && assertionResults.length === 0) total.failed.push(`${file}\n${message}`);
      for (const test of assertionResults) {
        if (test.status === 'passed') total.passed += 1;
        else if (test.status === 'failed') total.failed.push(`${file} > ${test.fullName}\n${test.failureMessages[0]}`);
        else total.skipped += 1;
      }
    }
  }
  return total;
}

/** Says last what failed and why, where nobody has to look for it among thousands of lines. */
function conclude({ passed, failed, skipped }) {
  for (const failure of failed) process.stdout.write(`\nFAILED ${failure.slice(0, 2000)}\n`);
  process.stdout.write(`\n${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
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
  conclude({ passed: 0, failed: [error.message], skipped: 0 });
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

for (const message of errors) process.stderr.write(`\n${message}\n`);
const total = count();
// An error outside of the tests, such as a lint error, is a failure too.
conclude(total.failed.length > 0 ? total : { ...total, failed: errors });
