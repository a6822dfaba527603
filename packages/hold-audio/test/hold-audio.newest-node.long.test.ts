import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { newestNode } from './support/newest-node-path.js';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const report = '.reports/newest-node.json';

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

test('all tests of this package pass on the newest Node too', async () => {
  await rm(report, { force: true });
  // It fails where a test does; the report says which.
  const ended = await promisify(execFile)(newestNode, [vitest, 'run'], {
    env: { ...process.env, TEST_LONG: '', TEST_REPORT: 'newest-node', VITEST: '' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => error);
  const { success, numPassedTests, testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(all.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName)).toEqual([]);
  expect(ended).not.toBeInstanceOf(Error);
  expect(success).toBe(true);
  expect(numPassedTests).toBeGreaterThan(250);
}, 900_000);
