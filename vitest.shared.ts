import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { NoRetry } from './vitest.no-retry.ts';
import { UnhandledErrors } from './vitest.unhandled-errors.ts';

/** A package under test is its source, also where a README example imports it by its published name. */
function ownSources(directory: string): Record<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    name: string;
    exports?: Record<string, { default: string } | string>;
  };
  const aliases: [string, string][] = [];
  for (const [subpath, target] of Object.entries(exports ?? {})) {
    if (typeof target === 'string') continue;
    const source = resolve(directory, target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    if (existsSync(source)) aliases.push([subpath.replace('.', name), source]);
  }
  // Longest first: an alias also matches the paths below it.
  return Object.fromEntries(aliases.toSorted(([a], [b]) => b.length - a.length));
}

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const tests = {
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 60_000,
  teardownTimeout: 10_000,
  // Keeps the media library's debug log quiet.
  env: { NODE_ENV: 'production' },
} as const;

const onLab = {
  ...tests,
  // The lab's server is there, or is built, before any test waits for it.
  globalSetup: fromHere('packages/phone-lab/src/global-setup.ts'),
  expect: { poll: { timeout: 5000 } },
} as const;

const lab = 'test/**/*.lab.test.ts';
const long = 'test/**/*.long.test.ts';
const quiet = 'test/**/*.quiet.lab.test.ts';
const worker = 'test/**/*.worker.lab.test.ts';

export type Kind = 'pure' | 'worker' | 'lab' | 'quiet' | 'long' | 'cloud';

/**
 * The tests of one package, by kind, in the order in which they run.
 *
 * - `pure`: what needs no room, on every core.
 * - `worker`: tests on the lab that start whole worker processes, one at a time.
 * - `lab`: two tests at once, each in a process of its own: the native media library keeps one state per process, and two
 *   conversations are what the machine bears whole.
 * - `quiet`: tests on the lab that measure no sound and mostly wait: two tests each of two files at once.
 * - `long`: in `npm run test:long` only. `cloud`: only by hand, with `TEST_CLOUD=1`, on a server of the user.
 */
const kinds: Record<Kind, TestProjectInlineConfiguration['test']> = {
  // Files share what they import, which costs more time than the tests.
  pure: { ...tests, isolate: false, include: ['test/**/*.test.ts'], exclude: [lab, long], maxWorkers: '100%' },
  worker: { ...onLab, include: [worker], maxWorkers: 1, maxConcurrency: 1 },
  lab: { ...onLab, include: [lab], exclude: [worker, quiet], maxWorkers: 2, maxConcurrency: 1 },
  quiet: { ...onLab, include: [quiet], maxWorkers: 2, maxConcurrency: 2 },
  // Two tests of one file, which share a thread.
  long: { ...onLab, include: [long], maxWorkers: 1, maxConcurrency: 2 },
  cloud: { ...tests, include: ['test/**/*.check.ts'] },
};

/** The kinds that the environment asks for. */
function wantedKinds(): readonly Kind[] {
  if (process.env['TEST_CLOUD'] === '1') return ['cloud'];
  if (process.env['TEST_LONG'] === '1') return ['long'];
  return ['pure', 'worker', 'lab', 'quiet'];
}

export function projectsOf(directory: string, nameOf: (kind: Kind) => string): TestProjectInlineConfiguration[] {
  return wantedKinds().map((kind) => ({
    root: directory,
    resolve: { alias: ownSources(directory) },
    test: {
      ...kinds[kind],
      exclude: [...configDefaults.exclude, ...(kinds[kind]?.exclude ?? [])],
      name: nameOf(kind),
      // Tests read files of their package, wherever the run was started.
      env: { ...tests.env, PACKAGE_DIRECTORY: directory },
      setupFiles: [fromHere('vitest.enter-package.ts')],
      sequence: { groupOrder: Object.keys(kinds).indexOf(kind) },
    },
  }));
}

const report = `.reports/${process.env['TEST_REPORT'] ?? 'vitest'}`;

/** The reporters of every run: reports for `scripts/test.mjs`, and an end to retries. */
export const reporters: NonNullable<ViteUserConfig['test']>['reporters'] = [
  'default',
  new UnhandledErrors(`${report}-unhandled.json`),
  ['json', { outputFile: `${report}.json` }],
  new NoRetry(),
];

/** The configuration of every package. */
export default defineConfig({
  test: { passWithNoTests: true, reporters, projects: projectsOf(process.cwd(), (kind) => kind) },
});
