import { existsSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { folders } from './packages.mjs';
import { install, isCanceled, pnpm, run, step, tool } from './run.mjs';

const long = process.argv.includes('--long');

/** Each run of vitest writes one, where it runs. */
const reports = [...folders, 'bench', '.'].flatMap((folder) =>
  ['pure', 'lab', 'long'].map((kind) => join(folder, '.reports', `vitest-${kind}.json`)),
);

/** The file beside a report, with the errors that no test waited for. */
const unhandledOf = (report) => report.replace('.json', '-unhandled.json');

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Adds up what every package's test runs reported. A file that fails though none of its tests does counts as a failure. */
function count() {
  const total = { passed: 0, failed: [], skipped: 0 };
  for (const report of reports.filter((file) => existsSync(file))) {
    total.failed.push(...read(unhandledOf(report)).map((stack) => `outside of any test: ${stack}`));
    for (const { name, status, message, assertionResults } of read(report).testResults) {
      const file = relative('.', name);
      // What a file's hooks threw, beside the failures of its tests or alone.
      if (status === 'failed' && (message !== '' || assertionResults.every((one) => one.status !== 'failed'))) {
        total.failed.push(
          `${file}\n${message || 'what its tests start or end with failed: the reason is in the output above'}`,
        );
      }
      for (const one of assertionResults) {
        if (one.status === 'passed') total.passed += 1;
        else if (one.status === 'failed')
          total.failed.push([`${file} > ${one.fullName}`, ...one.failureMessages].join('\n'));
        else total.skipped += 1;
      }
    }
  }
  return total;
}

/** Says last what failed and why, where nobody has to look for it among thousands of lines. */
function conclude({ passed, failed, skipped }) {
  for (const failure of failed) process.stdout.write(`\nFAILED ${failure.slice(0, 4000)}\n`);
  process.stdout.write(`\n${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
}

/** Runs the tests that need no room, one package at a time; a failure lets the other packages run on. */
function testPure(priority) {
  // Without `--only` the builds would be put in place anew, beneath the checks that read them.
  const turbo = ['run', 'test', '--only', '--concurrency=1', '--continue', '--output-logs=full', '--log-order=stream'];
  return step('pure tests', () =>
    pnpm(['exec', 'turbo', ...turbo, '--', '--project', 'pure'], { env: { TEST_REPORT: 'vitest-pure' }, priority }),
  );
}

/** Runs the tests on the lab, of all packages in one queue. */
const testLab = () =>
  step('lab tests', () =>
    tool('vitest', ['run', ...['worker', 'lab', 'quiet'].flatMap((kind) => ['--project', `* ${kind}`])], {
      env: { TEST_REPORT: 'vitest-lab' },
    }),
  );

const testLong = () =>
  step('long tests', () => tool('vitest', ['run'], { env: { TEST_REPORT: 'vitest-long', TEST_LONG: '1' } }));

for (const report of reports) for (const file of [report, unhandledOf(report)]) rmSync(file, { force: true });
try {
  await step('install', install);
  await step('build', () => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only']));
} catch (error) {
  conclude({ passed: 0, failed: [error.message], skipped: 0 });
  process.exit();
}

/** What only computes: the checks, then the tests that need no room. */
async function compute(priority) {
  await noted(step('checks', () => run(process.execPath, ['scripts/check.mjs'], { priority })));
  if (!isCanceled()) await noted(testPure(priority));
}

// What sounds has the machine to itself: it leaves a third of it idle, which what only computes takes, with the lowest priority.
const errors = [];
const noted = (work) => work.catch((error) => errors.push(error.message));
if (long) await noted(testLong());
else await Promise.all([noted(testLab()), compute(constants.priority.PRIORITY_LOW)]);

for (const message of errors) process.stderr.write(`\n${message}\n`);
const total = count();
// An error outside of the tests, such as a lint error, is a failure too.
conclude(total.failed.length > 0 ? total : { ...total, failed: errors });
