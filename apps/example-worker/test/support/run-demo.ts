import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { expect, vi } from 'vitest';

/** How long a run of the demo may take, in milliseconds. */
export const DEMO_LIMIT_MS = 120_000;

export interface Demo {
  readonly child: ChildProcess;
  /** In the environment of every process that the demo starts. */
  readonly mark: string;
  readonly ended: Promise<number | null>;
  /** What it printed so far. */
  readonly output: () => string;
}

/** Starts the built demo, as `npm run demo` runs it. */
export function runDemo(directory: string, ...args: string[]): Demo {
  const mark = randomUUID();
  const child = spawn(process.execPath, ['dist/demo/main.js', `--proof=${directory}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process that is killed can't remove its temporary files; they go with the test's directory.
    env: { ...process.env, DEMO_MARK: mark, TMPDIR: directory },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  // Not `exit`: what was printed last may still be on its way then.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, mark, ended, output: () => output };
}

interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Finds the processes that have the mark in their environment. Linux only. */
export async function marked(mark: string): Promise<MarkedProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may be gone by now.
      const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      return (await read('environ')).includes(mark) ? [{ pid: Number(pid), command: await read('cmdline') }] : [];
    }),
  );
  return found.flat();
}

/** The programs by which a process is known. Beside the worker and the job of its call LiveKit's framework may run others. */
const programs = { worker: /^[^\0]*node\0[^\0]*agent\.js\0start/, job: /job_proc_lazy_main/ } as const;

/** Waits for the process of the demo that runs this program. */
export const processOf = (demo: Demo, name: keyof typeof programs): Promise<MarkedProcess> =>
  vi.waitFor(
    async () => {
      const found = (await marked(demo.mark)).find(({ command }) => programs[name].test(command));
      if (found === undefined) throw new Error(`the demo has no ${name}; it printed:\n${demo.output()}`);
      return found;
    },
    { timeout: 60_000, interval: 50 },
  );

/** Waits until no process of the demo is left. */
export const noProcessLeft = (demo: Demo): Promise<void> =>
  vi.waitFor(async () => expect(await marked(demo.mark)).toEqual([]), { timeout: 25_000, interval: 100 });

/** Ends a demo by this signal in the middle of its call, and checks that nothing is left of it. */
export async function endInTheMiddle(directory: string, signal: NodeJS.Signals): Promise<void> {
  const demo = runDemo(directory);
  // Its last process: the call is there. The server gets no environment; the lab has tests for it.
  await processOf(demo, 'job');
  demo.child.kill(signal);
  await demo.ended;
  await noProcessLeft(demo);
}
