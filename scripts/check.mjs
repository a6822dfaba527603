import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pnpm, step } from './run.mjs';

const published = readdirSync('packages')
  .map((name) => join('packages', name))
  .filter((directory) => existsSync(join(directory, 'package.json')));

/** Everything that a machine can check without running the code. Needs the packages built. */
export async function check() {
  await step('lint', () => pnpm(['exec', 'oxlint', '--type-aware', '--deny-warnings']));
  await step('format', () => pnpm(['exec', 'oxfmt', '--check', '.']));
  await step('types', () => pnpm(['exec', 'turbo', 'run', 'types', '--output-logs=errors-only']));
  await step('dead code', () => pnpm(['exec', 'knip']));
  for (const directory of published) {
    await step(`package ${directory}`, () => pnpm(['exec', 'publint', '--strict', '--pack', 'npm', directory]));
    await step(`types of ${directory} as installed`, () =>
      pnpm(['exec', 'attw', '--pack', directory, '--profile', 'esm-only', '--format', 'ascii', '--quiet']),
    );
  }
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await check().catch((error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  });
}
