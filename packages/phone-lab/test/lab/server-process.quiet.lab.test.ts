import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab } from '../../src/index.js';
import { processesOf } from '../support/processes-of.js';
import { freePorts } from '../../src/server/free-ports.js';
import { startLiveKitServer } from '../../src/server/livekit-server.js';
import { OwnServer } from '../../src/server/own-server.js';
import { cachedServerPath } from '../../src/server/server-cache.js';
import { serverConfig } from '../../src/server/server-config.js';

const outDir = '.reports/lab-holder';

beforeAll(async () => {
  await build({
    // The programs of phones and of their packets lie beside the bundle, as they do in the package.
    entry: {
      'lab-holder': 'test/support/lab-holder.ts',
      'line/line-process-main': 'src/line/line-process-main.ts',
      'network/forwarder-main': 'src/network/forwarder-main.ts',
    },
    outDir,
    format: 'esm',
    target: 'node20',
    silent: true,
    config: false,
  });
});

afterAll(() => rm(outDir, { recursive: true, force: true }));

interface HeldLab {
  readonly child: ChildProcess;
  readonly url: string;
  readonly log: string;
  /** Process of a phone that is stopped. */
  readonly phone: number;
}

async function holdLab(): Promise<HeldLab> {
  const child = spawn(process.execPath, [join(outDir, 'lab-holder.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as Omit<HeldLab, 'child'>) };
}

const onLinux = process.platform === 'linux';

test.runIf(onLinux).concurrent.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'no server and no phone is left when the process of the lab dies by %s',
  async (signal) => {
    const { child, url, log, phone } = await holdLab();
    expect(await processesOf(log)).not.toEqual([]);
    expect(existsSync(`/proc/${phone}`)).toBe(true);
    child.kill(signal);
    await once(child, 'exit');
    const gone = async (): Promise<boolean> => (await processesOf(log)).length === 0 && !existsSync(`/proc/${phone}`);
    await vi.waitUntil(gone, { timeout: 15_000 });
    await expect(fetch(url.replace('ws', 'http'))).rejects.toThrow('fetch failed');
    await rm(dirname(log), { recursive: true, force: true });
  },
);

test.runIf(onLinux).concurrent('no server is left when the lab is closed', async () => {
  const lab = await startPhoneLab();
  const log = lab.serverLog ?? '';
  expect(await processesOf(log)).not.toEqual([]);
  await lab.close();
  expect(await processesOf(log)).toEqual([]);
});

test.concurrent('a signal that was aborted stops the start', async () => {
  await expect(startPhoneLab({ signal: AbortSignal.abort(new Error('not now')) })).rejects.toThrow('not now');
});

test('without a server, a cache and Go the error names every way to get one', async () => {
  const { findServer } = await import('../../src/server/find-server.js');
  const empty = await mkdtemp(join(tmpdir(), 'phone-lab-empty-'));
  const [path, cache] = [process.env['PATH'], process.env['XDG_CACHE_HOME']];
  try {
    process.env['PATH'] = empty;
    process.env['XDG_CACHE_HOME'] = empty;
    expect(cachedServerPath().startsWith(empty)).toBe(true);
    await expect(findServer()).rejects.toThrow(/livekit-server 1\.13\.5[^]*Go 1\.26[^]*PHONE_LAB_LIVEKIT_URL/);
  } finally {
    process.env['PATH'] = path;
    if (cache === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = cache;
    await rm(empty, { recursive: true });
  }
});

test.runIf(onLinux).concurrent('the log says what the server said, and no command line holds the secret', async () => {
  await using lab = await startPhoneLab();
  expect(await readFile(lab.serverLog ?? '', 'utf8')).toContain('starting LiveKit server');
  const processes = await processesOf(lab.serverLog ?? '');
  expect(processes).not.toEqual([]);
  // The secret is not on a command line that everybody on the machine can read.
  for (const pid of processes) {
    expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(lab.apiSecret);
  }
});

test.concurrent('a server that was faster in taking the port is not taken for one’s own', async () => {
  const { findServer } = await import('../../src/server/find-server.js');
  const first = await startLiveKitServer();
  const directory = await mkdtemp(join(tmpdir(), 'own-server-'));
  const { udp } = await freePorts();
  const key = { apiKey: 'of-another-lab', apiSecret: 'the secret of another lab, long enough' };
  const config = serverConfig({ http: Number(new URL(first.url).port), udp }, key);
  const logFile = join(directory, 'livekit-server.log');
  const second = new OwnServer({ ...(await findServer()), logFile, url: first.url, key, config });
  expect(await second.tryStart()).toBe(false);
  await first.stop({ keepLog: false });
  await rm(directory, { recursive: true });
});
