import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a built file of the bench in a process of its own, and returns the JSON that it prints last. */
export async function runChild<T>(file: URL, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
  const running = run(process.execPath, [...process.execArgv, file.pathname, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    maxBuffer: 2 ** 26,
  });
  running.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await running;
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}
