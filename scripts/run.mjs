import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The package manager of the workspace; `npx` fetches it, so that Node and npm are all that must be installed. */
const PNPM = 'pnpm@12.21.0';

const environment = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', npm_config_loglevel: 'error' };

let canceled = false;

/** Whether a signal has told us to stop: nothing more is to be started. */
export const isCanceled = () => canceled;

/**
 * Runs a program in the foreground and resolves with its exit code.
 *
 * A signal to us is passed on to the program and all that it started, since not every program passes it on itself; then
 * we wait until the program has stopped. With a `priority` of `node:os` it and all that it starts has that one.
 */
export async function run(command, args, { priority, ...options } = {}) {
  const env = { ...environment, ...options.env };
  const isWindows = process.platform === 'win32';
  const child = spawn(command, args, { stdio: 'inherit', ...options, env, detached: !isWindows });
  if (child.pid !== undefined) prioritize(child.pid, priority);
  const passOn = (signal) => {
    canceled = true;
    if (isWindows || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  };
  process.on('SIGINT', passOn);
  process.on('SIGTERM', passOn);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
    });
  } finally {
    process.off('SIGINT', passOn);
    process.off('SIGTERM', passOn);
  }
}

/** Without a priority of its own, a program has ours. */
function prioritize(pid, priority = getPriority()) {
  setPriority(pid, priority);
  if (priority !== 0) void prioritizeSession(pid, priority);
}

/**
 * Gives the program's session its priority too: Linux may share the CPU equally between sessions, whatever the priorities
 * of their processes, and a detached program has a session of its own. Without privileges, the whole system may set one
 * such priority every 100 ms, and a further one fails with EAGAIN.
 */
async function prioritizeSession(pid, priority) {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      return writeFileSync(`/proc/${pid}/autogroup`, String(priority));
    } catch (error) {
      // The program has ended, or there is no such thing on this system.
      if (error.code !== 'EAGAIN') return;
    }
    await delay(120, undefined, { ref: false });
  }
}

export const pnpm = (args, options) => run('npx', ['-y', PNPM, ...args], options);

/** Runs a program that the workspace has installed. */
export const tool = (name, args = [], options) => run(join('node_modules', '.bin', name), args, options);

/** Runs one step, which resolves with an exit code or throws; a failure names it. */
export async function step(title, work) {
  process.stderr.write(`\n== ${title}\n`);
  const started = Date.now();
  const code = (await work()) ?? 0;
  if (code !== 0) throw new Error(`${title} failed (exit code ${code})`);
  process.stderr.write(`== ${title}: ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

export const install = () => pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']);
