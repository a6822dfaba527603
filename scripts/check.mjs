import { checkApiReports } from './api-report.mjs';
import { checkLinks } from './check-links.mjs';
import { checkProse } from './check-prose.mjs';
import { checkStructure } from './check-structure.mjs';
import { published } from './packages.mjs';
import { checkPrivateTypes } from './private-types.mjs';
import { pnpm, step, tool } from './run.mjs';

/** Everything that a machine can check without running the code. Needs the packages built. */
export async function check() {
  await step('lint', () => tool('oxlint', ['--type-aware', '--deny-warnings']));
  await step('format', () => tool('oxfmt', ['--check', '.']));
  await step('types', () => pnpm(['exec', 'turbo', 'run', 'types', '--only', '--output-logs=errors-only']));
  await step('dead code', () => tool('knip'));
  await step('structure', checkStructure);
  await step('prose', checkProse);
  await step('links', checkLinks);
  await step('public surface', () => checkApiReports(published));
  // Tests that sound run beside it: two at a time take no longer on two cores.
  const left = [...published];
  const checkNext = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await checkPackage(one);
  };
  await Promise.all([checkNext(), checkNext()]);
}

async function checkPackage(directory) {
  checkPrivateTypes(directory);
  await step(`package ${directory}`, () => tool('publint', ['--strict', '--pack', 'npm', directory]));
  await step(`types of ${directory} as installed`, () =>
    tool('attw', ['--pack', directory, '--profile', 'esm-only', '--format', 'ascii', '--quiet']),
  );
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await check().catch((error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  });
}
