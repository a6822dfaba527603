import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PhoneLabError } from '../phone-lab-error.js';
import { SERVER_VERSION } from './server-version.js';

/**
 * Builds livekit-server into the cache with Go (about 100 s the first time) and says so on stderr.
 *
 * Concurrent builders do not collide: each builds in a directory of its own and renames.
 */
export async function buildServer(target: string, signal?: AbortSignal): Promise<string> {
  const cache = dirname(target);
  await mkdir(cache, { recursive: true });
  const place = await mkdtemp(join(cache, 'build-'));
  try {
    process.stderr.write(
      `phone-lab: building livekit-server ${SERVER_VERSION} into ${cache}, once; this takes minutes\n`,
    );
    const startedAt = Date.now();
    const go = spawn('go', ['install', `github.com/livekit/livekit-server/cmd/server@v${SERVER_VERSION}`], {
      env: { ...process.env, GOBIN: place, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal && { signal }),
    });
    let tail = '';
    go.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-4000);
    });
    const still = setInterval(() => {
      process.stderr.write(`phone-lab: still building, ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    }, 15_000);
    const [code] = (await once(go, 'close').finally(() => clearInterval(still))) as [number | null];
    if (code !== 0)
      throw new PhoneLabError('no-server', `go could not build livekit-server ${SERVER_VERSION}:\n${tail}`);
    await rename(join(place, 'server'), target);
    process.stderr.write(`phone-lab: built in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    return target;
  } catch (error) {
    if (PhoneLabError.isInstance(error) || signal?.aborted) throw error;
    throw new PhoneLabError('no-server', `livekit-server ${SERVER_VERSION} could not be built`, { cause: error });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
