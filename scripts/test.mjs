import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { install, pnpm, step } from './run.mjs';

const long = process.argv.includes('--long');

const folders = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => join(group, name)));
const reports = [...folders, 'bench'].map((folder) => join(folder, '.reports', 'vitest.json'));

/** Adds up what every package's test run reported. A file that could not even be loaded counts as a failure. */
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

for (const report of reports) rmSync(report, { force: true });
try {
  await step('install', install);
  await step('build', () => pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only']));
  if (!long) await check();
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  conclude({ passed: 0, failed: 1, skipped: 0 });
  process.exit();
}

// One package at a time: media tests need the machine to themselves.
const code = await pnpm(
  ['exec', 'turbo', 'run', 'test', '--concurrency=1', '--continue', '--output-logs=full', '--log-order=stream'],
  {
    env: long ? { TEST_LONG: '1' } : {},
  },
);
const total = count();
if (code !== 0 && total.failed === 0) {
  process.stderr.write('\nA test run ended with an error outside of its tests; see above.\n');
  total.failed = 1;
}
conclude(total);
