import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PhoneLabError } from '../phone-lab-error.js';
import { findServer } from './find-server.js';
import { freePorts } from './free-ports.js';
import { spawnGuarded, type GuardedProcess } from './guarded-process.js';
import { runningServer } from './running-server.js';
import { serverConfig, type ServerKey } from './server-config.js';

/** A LiveKit server that the lab can use. */
export interface LiveKitServer extends ServerKey {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Present if the lab started it. */
  readonly own?: { readonly logFile: string; readonly pid: number };
  /** Stops what the lab started; the log is kept if asked for. */
  stop(options: { keepLog: boolean }): Promise<void>;
}

const startLimitMs = 15_000;

/** The running server that the environment names, or one that is started on free ports of loopback. */
export async function startLiveKitServer(signal?: AbortSignal): Promise<LiveKitServer> {
  const running = runningServer(process.env);
  if (running) return { ...running, stop: async () => undefined };
  const binary = await findServer(signal);
  const directory = await mkdtemp(join(tmpdir(), 'phone-lab-'));
  const logFile = join(directory, 'livekit-server.log');
  const key = { apiKey: `lab${randomBytes(6).toString('hex')}`, apiSecret: randomBytes(32).toString('hex') };
  // A port that was free can be taken before the server binds it.
  for (let attempt = 1; ; attempt += 1) {
    const started = await tryStart(binary, logFile, key, signal);
    if (started) return started;
    if (attempt < 3) continue;
    const log = await readFile(logFile, 'utf8').catch(() => '(no log)');
    throw new PhoneLabError(
      'server-failed',
      `livekit-server did not start; its log is ${logFile}\n${log.slice(-2000)}`,
    );
  }
}

async function tryStart(
  binary: string,
  logFile: string,
  key: ServerKey,
  signal?: AbortSignal,
): Promise<LiveKitServer | undefined> {
  const ports = await freePorts();
  const guarded = spawnGuarded({
    command: binary,
    logFile,
    env: serverEnvironment(serverConfig(ports, key)),
    // It keeps nothing, so nothing is lost by killing it.
    graceMs: 200,
  });
  const url = `http://127.0.0.1:${ports.http}`;
  try {
    if (!(await isUp(url, guarded, signal))) {
      await guarded.stop();
      return undefined;
    }
  } catch (error) {
    await guarded.stop();
    throw error;
  }
  return {
    ...key,
    url,
    own: { logFile, pid: (await guarded.pid) ?? 0 },
    async stop({ keepLog }) {
      await guarded.stop();
      if (!keepLog) await rm(dirname(logFile), { recursive: true, force: true });
    },
  };
}

async function isUp(url: string, guarded: GuardedProcess, signal?: AbortSignal): Promise<boolean> {
  const gone = new AbortController();
  void guarded.exited.then(() => gone.abort());
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline && !gone.signal.aborted;) {
    signal?.throwIfAborted();
    const up = await fetch(url, { signal: AbortSignal.timeout(1000) }).then(
      async (response) => (await response.text()) === 'OK',
      () => false, // Nothing listens yet.
    );
    if (up && !gone.signal.aborted) return true;
    await delay(20);
  }
  return false;
}

/** Only what a server needs: the configuration holds the secret, so it is not given on the command line. */
function serverEnvironment(config: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }), LIVEKIT_CONFIG: config };
}
