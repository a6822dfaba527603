import { install, pnpm, run, step } from './run.mjs';

try {
  await step('install', install);
  await step('build', () => pnpm(['exec', 'turbo', 'run', 'build', '--filter=bench', '--output-logs=errors-only']));
  process.exitCode = await run(process.execPath, ['--expose-gc', 'bench/dist/main.js', ...process.argv.slice(2)], {
    // Keeps the media library's debug log quiet.
    env: { NODE_ENV: 'production' },
  });
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
