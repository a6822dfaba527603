import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const LIMIT_MS = 120_000;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

interface Demo {
  readonly child: ChildProcess;
  /** In the environment of every process that the demo starts. */
  readonly mark: string;
  readonly ended: Promise<number | null>;
  /** What it printed so far. */
  readonly output: () => string;
}

/** The built demo, as `npm run demo` runs it. */
function runDemo(...args: string[]): Demo {
  const mark = randomUUID();
  const child = spawn(process.execPath, ['dist/demo/main.js', `--proof=${directory}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEMO_MARK: mark },
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

/** Processes that have the mark in their environment. Linux only. */
async function marked(mark: string): Promise<MarkedProcess[]> {
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

/** The process of the demo that runs this program, once it is there. */
const processOf = (demo: Demo, name: keyof typeof programs): Promise<MarkedProcess> =>
  vi.waitFor(
    async () => {
      const found = (await marked(demo.mark)).find(({ command }) => programs[name].test(command));
      if (found === undefined) throw new Error(`the demo has no ${name}; it printed:\n${demo.output()}`);
      return found;
    },
    { timeout: 60_000, interval: 50 },
  );

const noProcessLeft = (demo: Demo): Promise<void> =>
  vi.waitFor(async () => expect(await marked(demo.mark)).toEqual([]), { timeout: 25_000, interval: 100 });

describe('the demo', () => {
  it(
    'proves a transfer, writes the proof, and exits with 0',
    async () => {
      const demo = runDemo();
      const code = await demo.ended;
      expect(demo.output()).toContain('Proven.');
      expect(code).toBe(0);
      expect(await marked(demo.mark)).toEqual([]);

      const proof = JSON.parse(await readFile(join(directory, 'proof.json'), 'utf8')) as Record<string, unknown>;
      expect(proof).toMatchObject({ faults: [], leftovers: [] });
      for (const wav of ['caller-heard.wav', 'human-agent-heard.wav']) {
        const bytes = await readFile(join(directory, wav));
        expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
        expect(bytes.length).toBeGreaterThan(100_000);
      }
    },
    LIMIT_MS,
  );

  it(
    'finds leaks between the rooms, a whisper and a blink of 40 ms too, says where, and exits with another code',
    async () => {
      const demo = runDemo('--break=leak');
      expect(await demo.ended).toBe(1);
      const leaked = 'the caller, in the phase "briefing", heard';
      const human = `${leaked} human agent for \\d+ ms at`;
      // The human agent's voice is at -20 dBFS.
      expect(demo.output()).toMatch(new RegExp(`${human} -(1|2)\\d dBFS.*"leak at 0 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${human} -(3|4)\\d dBFS.*"leak at -20 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${human} -(5|6)\\d dBFS.*"leak at -40 dB"`));
      expect(demo.output()).toMatch(new RegExp(`${human}.*"leak at -20 dB for 40 ms"`));
      expect(demo.output()).toMatch(new RegExp(`${leaked} briefing agent for \\d+ ms`));
      expect(await marked(demo.mark)).toEqual([]);
    },
    LIMIT_MS,
  );

  it('refuses to be broken in a way that it does not know', async () => {
    const demo = runDemo('--break=everything');
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain('--break=leak');
  });
});

// Nothing is listened to here: what takes long because processes have to start and to end goes on at the same time.
describe.runIf(process.platform === 'linux').concurrent('the demo, ended in the middle', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s leaves no process, and so no port',
    async (signal) => {
      const demo = runDemo();
      // Its last process: the call is there. The server gets no environment; the lab has tests for it.
      await processOf(demo, 'job');
      demo.child.kill(signal);
      await demo.ended;
      await noProcessLeft(demo);
    },
    LIMIT_MS,
  );

  it(
    'by the death of its worker fails, and leaves no process',
    async () => {
      const demo = runDemo();
      await processOf(demo, 'job');
      const worker = await processOf(demo, 'worker');
      process.kill(worker.pid, 'SIGKILL');
      expect(await demo.ended).toBe(1);
      await noProcessLeft(demo);
    },
    LIMIT_MS,
  );
});
