import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs vitest on a fixture that fails, and returns what it prints. */
export async function vitestReport(fixture: string): Promise<string> {
  const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');
  const root = fileURLToPath(new URL('../fixtures', import.meta.url));
  const environment = Object.entries(process.env).filter(([name]) => !/^(VITEST|FORCE_COLOR)/.test(name));
  return new Promise((resolve) => {
    const env = { ...Object.fromEntries(environment), NO_COLOR: '1' };
    execFile(process.execPath, [vitest, 'run', fixture], { cwd: root, env }, (_failed, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
