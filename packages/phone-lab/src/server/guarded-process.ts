import { spawn, type ChildProcess } from 'node:child_process';

/**
 * Runs in a small process between the lab and the server. Its standard input is a pipe that only the lab holds: when
 * the lab ends in whatever way, SIGKILL included, the pipe closes and the server is stopped.
 */
const guard = `
const { spawn } = require('node:child_process');
const { openSync } = require('node:fs');
const [binary, log] = process.argv.slice(1);
const out = openSync(log, 'a');
const server = spawn(binary, [], { stdio: ['ignore', out, out] });
const stop = () => {
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), 1000).unref();
};
server.on('error', (error) => { require('node:fs').writeSync(out, String(error) + '\\n'); process.exit(1); });
server.on('exit', (code) => process.exit(code ?? 1));
server.on('spawn', () => process.stdout.write(server.pid + '\\n'));
process.stdin.on('close', stop).on('error', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
`;

export interface GuardedProcess {
  /** The guard; it exits when the guarded process does. */
  readonly child: ChildProcess;
  /** Process id of the guarded process, once it runs. */
  readonly pid: Promise<number | undefined>;
  /** Resolves when both processes are gone. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a binary that cannot outlive this process; what it prints goes to the log file. */
export function spawnGuarded(binary: string, logFile: string, env: NodeJS.ProcessEnv): GuardedProcess {
  const child = spawn(process.execPath, ['-e', guard, binary, logFile], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
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
  // The guard may die between two writes; its exit is what is waited for.
  child.stdin?.on('error', () => child.kill('SIGKILL'));
  return {
    child,
    pid,
    exited,
    async stop() {
      child.stdin?.end();
      await exited;
    },
  };
}
