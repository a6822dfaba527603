import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { DEMO_LIMIT_MS, endInTheMiddle } from './support/run-demo.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

it.runIf(process.platform === 'linux').each(['SIGINT', 'SIGTERM'] as const)(
  'the demo, ended in the middle by %s, leaves no process, and so no port',
  (signal) => endInTheMiddle(directory, signal),
  DEMO_LIMIT_MS,
);
