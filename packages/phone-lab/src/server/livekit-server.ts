import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PhoneLabError } from '../phone-lab-error.js';
import { findServer } from './find-server.js';
import { freePorts } from './free-ports.js';
import { OwnServer } from './own-server.js';
import { runningServer } from './running-server.js';
import { serverConfig, type ServerKey } from './server-config.js';

/** A LiveKit server that the lab can use. */
export interface LiveKitServer extends ServerKey {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Present if the lab started it. */
  readonly own?: OwnServer;
  /** Such as `1.13.5`, if the lab started it. */
  readonly version?: string;
  /** Stops what the lab started; the log is kept if asked for. */
  stop(options: { keepLog: boolean }): Promise<void>;
}

/** The running server that the environment names, or one that is started on free ports of loopback. */
export async function startLiveKitServer(signal?: AbortSignal): Promise<LiveKitServer> {
  const running = runningServer(process.env);
  if (running) return { ...running, stop: async () => undefined };
  const { binary, version } = await findServer(signal);
  const directory = await mkdtemp(join(tmpdir(), 'phone-lab-'));
  const logFile = join(directory, 'livekit-server.log');
  const key = { apiKey: `lab${randomBytes(6).toString('hex')}`, apiSecret: randomBytes(32).toString('hex') };
  // A port that was free can be taken before the server binds it.
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts();
    const url = `http://127.0.0.1:${ports.http}`;
    const own = new OwnServer({ binary, logFile, url, key, config: serverConfig(ports, key) });
    if (await own.tryStart(signal)) {
      const stop = async ({ keepLog }: { keepLog: boolean }): Promise<void> => {
        await own.halt();
        if (!keepLog) await rm(directory, { recursive: true, force: true });
      };
      return { ...key, url, own, version, stop };
    }
    if (attempt < 3) continue;
    const log = await readFile(logFile, 'utf8').catch(() => '(no log)');
    throw new PhoneLabError(
      'server-failed',
      `livekit-server did not start; its log is ${logFile}\n${log.slice(-2000)}`,
    );
  }
}
