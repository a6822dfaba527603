import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { nodes } from './support/nodes.js';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

test('all tests of this package pass on the newest Node too', async () => {
  const node = nodes.at(-1) as string;
  const { stdout } = await promisify(execFile)(node, [vitest, 'run', '--reporter=default'], {
    env: { ...process.env, TEST_LONG: '', VITEST: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stdout).toMatch(/Tests .*passed/);
  expect(stdout).not.toMatch(/failed/);
}, 900_000);
