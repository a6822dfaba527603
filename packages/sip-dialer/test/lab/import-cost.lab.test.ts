import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** The built package, as it is published. */
const ours = new URL('../../dist/index.js', import.meta.url);

const script = `
  const { performance } = require('node:perf_hooks');
  (async () => {
    const from = performance.now();
    await import('livekit-server-sdk');
    const between = performance.now();
    await import(${JSON.stringify(ours.href)});
    const loaded = Object.keys(require.cache).filter((path) => /libphonenumber|livekit.agents/.test(path));
    console.log(JSON.stringify({ sdkMs: between - from, oursMs: performance.now() - between, loaded }));
  })();
`;

interface Cost {
  readonly sdkMs: number;
  readonly oursMs: number;
  readonly loaded: readonly string[];
}

async function measure(): Promise<Cost> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: import.meta.dirname });
  return JSON.parse(stdout) as Cost;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test('importing the dialer costs little more than importing the SDK', async () => {
  const costs: Cost[] = [];
  for (let round = 0; round < 3; round += 1) costs.push(await measure());
  for (const { loaded } of costs) expect(loaded).toEqual([]);
  const share = median(costs.map(({ oursMs }) => oursMs)) / median(costs.map(({ sdkMs }) => sdkMs));
  // Measured: 0.03.
  expect(share).toBeLessThan(0.2);
});

test('what is built imports the SDK, Node, and nothing else', () => {
  const folder = new URL('../../dist/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.js') && !name.startsWith('testing'));
  const imported = files.flatMap((name) => {
    const code = readFileSync(new URL(name, folder), 'utf8');
    return [...code.matchAll(/^(?:import|export)\b[^'"]*?['"]([^'"]+)['"]/gm)].map(([, specifier = '']) => specifier);
  });
  const foreign = new Set(
    imported.filter((specifier) => !specifier.startsWith('.')).map((name) => name.replace('node:', '')),
  );
  expect([...foreign].toSorted()).toEqual(['livekit-server-sdk', 'module']);
});
