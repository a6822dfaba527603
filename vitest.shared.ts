import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { NoRetry } from './vitest.no-retry.ts';

const long = process.env['TEST_LONG'] === '1';
const cloud = process.env['TEST_CLOUD'] === '1';

/** A package under test is its source, also where a README example imports it by its published name. */
function ownSources(): Record<string, string> {
  const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    name: string;
    exports?: Record<string, { default: string } | string>;
  };
  const aliases: [string, string][] = [];
  for (const [subpath, target] of Object.entries(exports ?? {})) {
    if (typeof target === 'string') continue;
    const source = resolve(target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    if (existsSync(source)) aliases.push([subpath.replace('.', name), source]);
  }
  // Longest first: an alias also matches the paths below it.
  return Object.fromEntries(aliases.toSorted(([a], [b]) => b.length - a.length));
}

const tests = { pool: 'forks', testTimeout: 30_000, hookTimeout: 60_000, teardownTimeout: 10_000 } as const;
// Keeps the media library's debug log quiet.
const env = { NODE_ENV: 'production' };
// The lab's server is there, or is built, before any test waits for it.
const globalSetup = fileURLToPath(new URL('packages/phone-lab/src/global-setup.ts', import.meta.url));
const onLab = { ...tests, env, globalSetup, expect: { poll: { timeout: 5000 } } } as const;
const quiet = 'test/**/*.quiet.lab.test.ts';

/**
 * One configuration for every package: first the tests of what needs no room, on every core, then those on the lab.
 *
 * Two tests run on the lab at once, each in a process of its own: the native media library keeps one state per process, and
 * two conversations are what the machine bears whole. Files named `*.quiet.lab.test.ts` measure no sound and mostly wait: of
 * them two tests of two files run at once. `*.long.test.ts` run only in `npm run test:long`, `*.check.ts` only by hand, with
 * `TEST_CLOUD=1`, on a server of the user.
 */
export default defineConfig({
  resolve: { alias: ownSources() },
  test: {
    passWithNoTests: true,
    reporters: [
      'default',
      ['json', { outputFile: `.reports/${process.env['TEST_REPORT'] ?? 'vitest'}.json` }],
      new NoRetry(),
    ],
    projects: cloud
      ? [{ extends: true, test: { ...tests, env, name: 'cloud', include: ['test/**/*.check.ts'] } }]
      : long
        ? [
            {
              extends: true,
              test: {
                ...tests,
                env,
                globalSetup,
                name: 'long',
                include: ['test/**/*.long.test.ts'],
                fileParallelism: false,
                // Of one file, whose tests share a thread.
                maxConcurrency: 2,
              },
            },
          ]
        : [
            {
              extends: true,
              test: {
                ...tests,
                env,
                name: 'pure',
                // Files share what they import, which costs more time than the tests.
                isolate: false,
                include: ['test/**/*.test.ts'],
                exclude: [...configDefaults.exclude, 'test/**/*.{lab,long}.test.ts'],
                maxWorkers: '100%',
                sequence: { groupOrder: 0 },
              },
            },
            {
              extends: true,
              test: {
                ...onLab,
                name: 'lab',
                include: ['test/**/*.lab.test.ts'],
                exclude: [...configDefaults.exclude, quiet],
                maxWorkers: 2,
                maxConcurrency: 1,
                sequence: { groupOrder: 1 },
              },
            },
            {
              extends: true,
              test: {
                ...onLab,
                name: 'quiet',
                include: [quiet],
                maxWorkers: 2,
                maxConcurrency: 2,
                sequence: { groupOrder: 2 },
              },
            },
          ],
  },
});
