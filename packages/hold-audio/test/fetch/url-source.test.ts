import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openUrl } from '../../src/fetch/open-url.js';
import { fetchBytes } from '../../src/fetch/fetch-bytes.js';
import { urlValidity } from '../../src/fetch/url-validity.js';
import { redirectTarget } from '../../src/fetch/redirect-target.js';
import { HoldAudio, type HoldAudioOptions } from '../../src/index.js';
import { clipLimitDefaults } from '../../src/options/clip-limits.js';
import type { Clip } from '../../src/pcm/clip.js';
import { loadClip } from '../../src/clip/load-clip.js';
import { FakeHoldRoom } from '../../src/testing.js';
import { serve } from '../support/file-server.js';
import { makeWav, sine } from '../support/make-wav.js';

const tone = makeWav({ sampleRate: 16_000, seconds: 0.3, signal: sine(440) });
const fast = { fadeInMs: 0, fadeOutMs: 0 } as const;
let folder: string;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-url-'));
  process.on('unhandledRejection', onUnhandled);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  process.off('unhandledRejection', onUnhandled);
  assert.deepEqual(unhandled, []);
});

async function loadSource(options: Omit<HoldAudioOptions, 'room'>, signal?: AbortSignal): Promise<void> {
  await using hold = new HoldAudio({ room: new FakeHoldRoom(), ...options });
  await hold.load(signal === undefined ? {} : { signal });
}

const serveTone: RequestListener = (_, response) => void response.end(tone);

describe('a WAV is played from a URL:', () => {
  const base64 = Buffer.from(tone).toString('base64');
  const percent = [...tone].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  test.each<[string, () => Promise<string | URL>]>([
    ['data: in base64', async () => `data:audio/wav;base64,${base64}`],
    ['data: in percent signs, without a type', async () => `DATA:,${percent}`],
    [
      'file: as a URL object',
      async () => {
        const path = join(folder, 'hold music.wav');
        await writeFile(path, tone);
        return pathToFileURL(path);
      },
    ],
  ])('%s', async (_, source) => {
    await using hold = new HoldAudio({ room: new FakeHoldRoom(), source: await source(), ...fast });
    const failed = vi.fn();
    const looped = vi.fn();
    hold.on('source-failed', failed).on('looped', looped);
    await hold.load();
    await hold.start();
    await vi.waitFor(() => expect(looped).toHaveBeenCalled(), 5000);
    expect(failed).not.toHaveBeenCalled();
  });

  test('http:, loaded once for as many callers as there are', async () => {
    await using server = await serve(serveTone);
    const source = `${server.url}/hold.wav?key=1`;
    await Promise.all(Array.from({ length: 10 }, () => loadSource({ source })));
    await using hold = new HoldAudio({ room: new FakeHoldRoom(), source: new URL(source), ...fast });
    const looped = vi.fn();
    await hold.on('looped', looped).start();
    await vi.waitFor(() => expect(looped).toHaveBeenCalled(), 5000);
    expect(server.requests).toEqual(['/hold.wav?key=1']);
  });

  test('http: with redirects, relative and absolute', async () => {
    await using server = await serve((request, response) => {
      const to = { '/a': '/b', '/b': `http://${request.headers.host}/c` }[request.url ?? ''];
      if (to === undefined) response.end(tone);
      else response.writeHead(302, { location: to }).end();
    });
    await loadSource({ source: `${server.url}/a` });
    expect(server.requests).toEqual(['/a', '/b', '/c']);
  });

  test('http: on the second request, after the first one failed', async () => {
    let status = 503;
    await using server = await serve((_, response) => void response.writeHead(status).end(tone));
    await expect(loadSource({ source: server.url })).rejects.toMatchObject({ code: 'source-fetch-failed' });
    status = 200;
    await loadSource({ source: server.url });
  });
});

describe('a URL that cannot be played is rejected with its reason, and no connection is left:', () => {
  test.each<[string, RequestListener, Omit<HoldAudioOptions, 'room'>, string, RegExp]>([
    ['404', (_, to) => void to.writeHead(404).end(), {}, 'source-fetch-failed', /status 404/],
    ['a page', (_, to) => void to.end('<html>'), {}, 'source-unsupported', /a text, not audio/],
    ['no audio', (_, to) => void to.end('hello'), {}, 'source-unsupported', /no audio that it can decode/],
    ['nothing', (_, to) => void to.end(), {}, 'source-empty', /no bytes/],
    [
      'a page without end',
      (_, to) => {
        to.write('<html> and more');
      },
      {},
      'source-unsupported',
      /a text, not audio/,
    ],
    [
      'an announced size beyond the limit',
      (_, to) => void to.writeHead(200, { 'content-length': 10_000_000 }).write('RIFF'),
      { maxSourceBytes: 9_999_999 },
      'source-too-large',
      /maxSourceBytes/,
    ],
    [
      'more bytes than the limit, unannounced',
      (_, to) => {
        to.write(tone);
        to.end(tone);
      },
      { maxSourceBytes: tone.length },
      'source-too-large',
      /maxSourceBytes/,
    ],
    ['audio beyond the limit', serveTone, { maxSourceMs: 200 }, 'source-too-large', /maxSourceMs/],
    ['no answer', () => undefined, { fetchTimeoutMs: 100 }, 'source-too-slow', /fetchTimeoutMs/],
    [
      'an answer that trickles',
      (_, to) => {
        to.write(tone.subarray(0, 100));
        const timer = setInterval(() => to.write('xx'), 20);
        to.on('close', () => clearInterval(timer));
      },
      { fetchTimeoutMs: 200 },
      'source-too-slow',
      /fetchTimeoutMs/,
    ],
    [
      'a connection cut midway',
      (_, to) => {
        to.writeHead(200, { 'content-length': tone.length });
        to.write(tone.subarray(0, 2000), () => to.destroy());
      },
      {},
      'source-fetch-failed',
      /could not be loaded/,
    ],
    ['a connection cut immediately', (_, to) => void to.destroy(), {}, 'source-fetch-failed', /could not be loaded/],
    [
      'an encoding that was not requested',
      (_, to) => void to.writeHead(200, { 'content-encoding': 'gzip' }).end(),
      {},
      'source-fetch-failed',
      /"gzip"/,
    ],
    [
      'redirects in a circle',
      (_, to) => void to.writeHead(307, { location: '/' }).end(),
      { maxRedirects: 3 },
      'source-fetch-failed',
      /more than 3 times/,
    ],
    [
      'a redirect to a file',
      (_, to) => void to.writeHead(301, { location: 'file:///etc/passwd' }).end(),
      {},
      'source-fetch-failed',
      /redirects to no URL of/,
    ],
    [
      'a redirect without a target',
      (_, to) => void to.writeHead(302).end(),
      {},
      'source-fetch-failed',
      /redirects to no URL/,
    ],
    ['a private host', serveTone, { allowPrivateHosts: false }, 'source-host-rejected', /allowPrivateHosts/],
  ])('%s', async (_, answer, options, code, message) => {
    await using server = await serve(answer);
    await expect(loadSource({ ...options, source: server.url })).rejects.toMatchObject({
      name: 'HoldAudioError',
      code,
      message: expect.stringMatching(message),
    });
  });

  test('a name that leads to a private host', async () => {
    await using server = await serve(serveTone);
    const source = server.url.replace('127.0.0.1', 'localhost');
    await expect(loadSource({ source, allowPrivateHosts: false })).rejects.toMatchObject({
      code: 'source-host-rejected',
    });
    expect(server.requests).toEqual([]);
  });

  test('a private host behind a redirect', async () => {
    await using server = await serve((request, response) => {
      if (request.url === '/inside') response.end(tone);
      else response.writeHead(302, { location: '/inside' }).end();
    });
    const limits = { ...clipLimitDefaults, allowPrivateHosts: false };
    const pieces = fetchBytes(new URL(server.url), {
      limits,
      signal: new AbortController().signal,
      // Loopback stands in for a public host at first.
      open: (url, options) => openUrl(url, { ...options, allowPrivateHosts: url.pathname === '/' }),
    });
    await expect(pieces.next()).rejects.toMatchObject({ code: 'source-host-rejected' });
    expect(server.requests).toEqual(['/']);
  });

  test('a clip that was loaded under wider limits', async () => {
    await using server = await serve(serveTone);
    await loadSource({ source: server.url });
    await expect(loadSource({ source: server.url, allowPrivateHosts: false })).rejects.toMatchObject({
      code: 'source-host-rejected',
    });
    await expect(loadSource({ source: server.url, maxSourceMs: 200 })).rejects.toMatchObject({
      code: 'source-too-large',
    });
  });

  test('no server; and no secret of the URL is in the error', async () => {
    const source = 'http://user:password@127.0.0.1:1/hold.wav?token=secret';
    const error: unknown = await loadSource({ source }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'source-fetch-failed', cause: { code: 'ECONNREFUSED' } });
    expect(String(error)).toContain('"http://127.0.0.1:1/hold.wav"');
    expect(String(error)).not.toMatch(/password|secret/);
  });

  test('a data: URL beyond the limit', async () => {
    const source = `data:;base64,${Buffer.from(tone).toString('base64')}`;
    await expect(loadSource({ source, maxSourceBytes: 1000 })).rejects.toMatchObject({ code: 'source-too-large' });
  });
});

describe('a caller who waits already', () => {
  test('hears the built-in clip when the URL cannot be loaded', async () => {
    await using server = await serve((_, response) => void response.writeHead(500).end());
    await using hold = new HoldAudio({ room: new FakeHoldRoom(), source: server.url, ...fast });
    const failed = vi.fn();
    await hold.on('source-failed', failed).start();
    expect(hold.state).toBe('playing');
    expect(failed).toHaveBeenCalledExactlyOnceWith({ error: expect.objectContaining({ code: 'source-fetch-failed' }) });
  });

  test('hears the built-in clip when the URL is slow, and the loading ends with the hold', async () => {
    const closed = vi.fn();
    await using server = await serve((request) => void request.on('close', closed));
    await using hold = new HoldAudio({ room: new FakeHoldRoom(), source: server.url, stallTimeoutMs: 100, ...fast });
    const failed = vi.fn();
    await hold.on('source-failed', failed).start();
    expect(failed).toHaveBeenCalledExactlyOnceWith({ error: expect.objectContaining({ code: 'source-stalled' }) });
    await sleep(50);
    expect(closed).not.toHaveBeenCalled();
    await hold.stop();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });
});

const to = (location: string): IncomingMessage => ({ statusCode: 302, headers: { location } }) as IncomingMessage;

test('a redirect leads from http to https, never back', () => {
  expect(redirectTarget(new URL('http://a/'), to('https://b/c'))?.href).toBe('https://b/c');
  expect(redirectTarget(new URL('https://a/'), to('/c'))?.href).toBe('https://a/c');
  expect(() => redirectTarget(new URL('https://a/'), to('http://b/'))).toThrow(/no URL of https/);
  expect(redirectTarget(new URL('https://a/'), { statusCode: 200, headers: {} } as IncomingMessage)).toBeUndefined();
});

test('an abort ends the loading, unless another caller waits for it', async () => {
  let pending: ServerResponse | undefined;
  await using server = await serve((_, response) => {
    pending = response;
  });
  const source = server.url;
  const leaving = new AbortController();
  const [first, second] = [loadSource({ source }, leaving.signal), loadSource({ source })];
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  leaving.abort(new Error('caller left'));
  await expect(first).rejects.toThrow('caller left');
  pending?.end(tone);
  await second;
  expect(server.requests).toHaveLength(1);

  const alone = new AbortController();
  const other = loadSource({ source: `${source}/other` }, alone.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(2));
  alone.abort(new Error('caller left'));
  // That the connection is gone the server finds out.
  await expect(other).rejects.toThrow('caller left');
});

const load = (url: string): Promise<Clip> => loadClip({ kind: 'url', url }, clipLimitDefaults);

describe('a URL that was loaded before', () => {
  test('plays from memory while its server is asked whether it has changed; the next caller hears the change', async () => {
    let [etag, content] = ['"one"', makeWav({ sampleRate: 16_000, seconds: 0.3, signal: sine(501) })];
    const statuses: number[] = [];
    await using server = await serve((request, response) => {
      const isSame = request.headers['if-none-match'] === etag;
      statuses.push(isSame ? 304 : 200);
      response.writeHead(isSame ? 304 : 200, { etag, 'cache-control': 'max-age=0' }).end(isSame ? '' : content);
    });
    const first = await load(server.url);
    expect(await load(server.url)).toBe(first);
    await vi.waitFor(() => expect(statuses).toEqual([200, 304]));
    [etag, content] = ['"two"', makeWav({ sampleRate: 16_000, seconds: 0.3, signal: sine(502) })];
    expect(await load(server.url)).toBe(first);
    await vi.waitFor(async () => expect(await load(server.url)).not.toBe(first), 5000);
    expect(statuses.slice(0, 3)).toEqual([200, 304, 200]);
  });

  test('is not requested again while it is fresh', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'cache-control': 'public, max-age=60' }).end(tone);
    });
    for (let times = 0; times < 3; times += 1) await load(server.url);
    expect(server.requests).toEqual(['/']);
  });

  test('continues to play when its server fails, which is not asked again immediately', async () => {
    let status = 200;
    await using server = await serve((_, response) => {
      response.writeHead(status, { 'cache-control': 'no-cache' }).end(status === 200 ? tone : '');
    });
    const first = await load(server.url);
    status = 500;
    expect(await load(server.url)).toBe(first);
    await vi.waitFor(() => expect(server.requests).toHaveLength(2));
    await sleep(100);
    expect(await load(server.url)).toBe(first);
    await sleep(100);
    expect(server.requests).toHaveLength(2);
  });
});

test.each([
  [{}, 60_000],
  [{ 'cache-control': 'public, max-age=300', age: '100' }, 200_000],
  [{ 'cache-control': 'max-age=99999999' }, 86_400_000],
  [{ 'cache-control': 'no-cache, max-age=300' }, 0],
  [{ 'cache-control': 'no-store' }, 0],
])('content with the headers %o counts for %d ms', (headers, ms) => {
  expect(urlValidity(headers).freshUntil - performance.now()).toBeCloseTo(ms, -2);
});
