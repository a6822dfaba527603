import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PhoneLabError } from '../phone-lab-error.js';
import { buildServer } from './build-server.js';
import { isAtLeast } from './is-at-least.js';
import { cachedServerPath } from './server-cache.js';
import { SERVER_VERSION } from './server-version.js';

const run = promisify(execFile);

export interface FoundServer {
  readonly binary: string;
  /** Such as `1.13.5`. */
  readonly version: string;
}

/**
 * The livekit-server binary: on the PATH if it is new enough, else from the cache, else built into the cache by Go.
 * Rejects with `no-server` when there is none of these.
 */
export async function findServer(signal?: AbortSignal): Promise<FoundServer> {
  signal?.throwIfAborted();
  const [onPath, cached] = ['livekit-server', cachedServerPath()];
  const pathVersion = await versionOf(onPath);
  if (pathVersion !== undefined && isAtLeast(pathVersion, SERVER_VERSION)) {
    return { binary: onPath, version: pathVersion };
  }
  const built = { binary: cached, version: SERVER_VERSION };
  if (await isExecutable(cached)) return built;
  const goVersion = await goVersionOf();
  if (goVersion !== undefined && isAtLeast(goVersion, '1.26')) {
    await buildServer(cached, signal);
    return built;
  }
  throw new PhoneLabError(
    'no-server',
    [
      'the phone lab needs a livekit-server, and found none. Any of these will do:',
      `  - livekit-server ${SERVER_VERSION} or later on the PATH (${pathVersion ? `found ${pathVersion}` : 'found none'})`,
      `  - Go 1.26 or later on the PATH, to build it once (${goVersion ? `found ${goVersion}` : 'found none'})`,
      '  - a running server: PHONE_LAB_LIVEKIT_URL, PHONE_LAB_API_KEY and PHONE_LAB_API_SECRET',
    ].join('\n'),
  );
}

async function versionOf(binary: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: 10_000 });
    return /version v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined; // Not installed, or not a livekit-server: the next way is tried.
  }
}

async function goVersionOf(): Promise<string | undefined> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION'], { timeout: 10_000 });
    return /^go(\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined; // No Go here.
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
