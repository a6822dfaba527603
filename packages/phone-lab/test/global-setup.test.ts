import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setup } from '../src/global-setup.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'global-setup-'));
  vi.stubEnv('PATH', place);
  vi.stubEnv('XDG_CACHE_HOME', join(place, 'cache'));
  vi.stubEnv('PHONE_LAB_LIVEKIT_URL', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true, force: true });
});

/** A Go that tells its version, and "builds". */
async function installGo(version: string, builds: string): Promise<void> {
  const go = join(place, 'go');
  await writeFile(go, `#!/bin/sh\n[ "$1" = env ] && echo ${version} && exit\n${builds}\n`);
  await chmod(go, 0o755);
}

test('a missing server is built once', async () => {
  await installGo('go1.26.1', `echo built >>'${place}/builds'; echo >"$GOBIN/server"; /bin/chmod +x "$GOBIN/server"`);
  await setup();
  await setup();
  expect(await readFile(join(place, 'builds'), 'utf8')).toBe('built\n');
  expect(await readdir(join(place, 'cache', 'phone-lab'))).toEqual([expect.stringMatching(/^livekit-server-/)]);
});

test('a build that fails is reported with what Go said, and leaves nothing in the cache', async () => {
  await installGo('go1.26.1', 'echo no network >&2; exit 1');
  await expect(setup()).rejects.toMatchObject({ code: 'no-server', message: expect.stringContaining('no network') });
  expect(await readdir(join(place, 'cache', 'phone-lab'))).toEqual([]);
});

test.each([
  ['an old Go', 'go1.22.0', 'found 1.22'],
  ['no Go', undefined, 'found none'],
])('with %s the error says which version was found', async (_, version, found) => {
  if (version !== undefined) await installGo(version, 'exit 1');
  await expect(setup()).rejects.toMatchObject({ code: 'no-server', message: expect.stringContaining(found) });
});

test('a running server needs nothing to be built', async () => {
  vi.stubEnv('PHONE_LAB_LIVEKIT_URL', 'http://127.0.0.1:7880');
  vi.stubEnv('PHONE_LAB_API_KEY', 'key');
  vi.stubEnv('PHONE_LAB_API_SECRET', 'secret');
  await setup();
});
