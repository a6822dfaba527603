import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';

/**
 * Runs in a small process between the lab and what it started. Its standard input is a pipe that only the lab holds:
 * when the lab ends in whatever way, SIGKILL included, the pipe closes and the program is stopped, with every process
 * that it started in its turn.
 */
const guard = `
const { spawn } = require('node:child_process');
const { closeSync, openSync, writeSync } = require('node:fs');
const [log, graceMs, channel, command, ...args] = process.argv.slice(1);
const out = openSync(log, 'a');
const more = channel === 'channel' ? [3] : [];
const child = spawn(command, args, { stdio: ['ignore', out, out, ...more], detached: true });
for (const fd of more) closeSync(fd);
const killGroup = () => {
  try { process.kill(-child.pid, 'SIGKILL'); } catch (error) { if (error.code !== 'ESRCH') throw error; }
};
const stop = () => {
  child.kill('SIGTERM');
  setTimeout(killGroup, Number(graceMs)).unref();
};
child.on('error', (error) => { writeSync(out, String(error) + '\\n'); process.exit(1); });
child.on('exit', (code) => { killGroup(); process.exit(code ?? 1); });
child.on('spawn', () => process.stdout.write(child.pid + '\\n'));
process.stdin.on('close', stop).on('error', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
`;

export interface GuardedCommand {
  readonly command: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Takes what the program prints. */
  readonly logFile: string;
  /** Time to end by itself after SIGTERM; then it is killed, with its children. */
  readonly graceMs: number;
  /** Whether the program is given a connection to this process, as its file descriptor 3. Default false. */
  readonly channel?: boolean;
}

export interface GuardedProcess {
  /** The guard; it exits when the guarded process does. */
  readonly child: ChildProcess;
  /** Process id of the guarded process, once it runs. */
  readonly pid: Promise<number | undefined>;
  /** Resolves when both processes are gone. */
  readonly exited: Promise<void>;
  /** The connection to the program, if it was asked for. It ends when the program does. */
  readonly channel: Duplex | undefined;
  stop(): Promise<void>;
}

/** Starts a program that cannot outlive this process. */
export function spawnGuarded(wanted: GuardedCommand): GuardedProcess {
  const { command, args = [], env, logFile, graceMs, channel = false } = wanted;
  const guardArgs = [logFile, String(graceMs), channel ? 'channel' : '', command, ...args];
  const child = spawn(process.execPath, ['-e', guard, ...guardArgs], {
    env,
    stdio: ['pipe', 'pipe', 'ignore', ...(channel ? (['pipe'] as const) : [])],
    // A session of its own: Ctrl-C in a terminal must reach the lab first.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = new Promise<number | undefined>((resolve) => {
    child.stdout?.setEncoding('utf8').once('data', (line: string) => resolve(Number.parseInt(line, 10)));
    void exited.then(() => resolve(undefined));
  });
  // The guard may die between two writes; wait for its exit.
  child.stdin?.on('error', () => child.kill('SIGKILL'));
  return {
    child,
    pid,
    exited,
    channel: channel ? ((child.stdio[3] as Duplex | undefined) ?? undefined) : undefined,
    async stop() {
      child.stdin?.end();
      await exited;
    },
  };
}
