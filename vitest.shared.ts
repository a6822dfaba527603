import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const long = process.env['TEST_LONG'] === '1';

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

/**
 * One configuration for every package.
 *
 * Test files run one at a time, each in a process of its own: media tests need the machine to themselves, and
 * the native media library keeps one state per process. Files named `*.long.test.ts` run only in `npm run test:long`.
 */
export default defineConfig({
  resolve: { alias: ownSources() },
  test: {
    include: long ? ['test/**/*.long.test.ts'] : ['test/**/*.test.ts'],
    exclude: long ? configDefaults.exclude : [...configDefaults.exclude, 'test/**/*.long.test.ts'],
    // Keeps the media library's debug log quiet.
    env: { NODE_ENV: 'production' },
    pool: 'forks',
    fileParallelism: false,
    passWithNoTests: long,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
  },
});
