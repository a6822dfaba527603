import { expect, test } from 'vitest';
import { runningServer } from '../../src/server/running-server.js';

const key = { PHONE_LAB_API_KEY: 'key', PHONE_LAB_API_SECRET: 'secret' };

test('a running server on loopback is used', () => {
  expect(runningServer({ PHONE_LAB_LIVEKIT_URL: 'ws://127.0.0.1:7880', ...key })).toEqual({
    url: 'http://127.0.0.1:7880',
    apiKey: 'key',
    apiSecret: 'secret',
  });
});

test('LIVEKIT_URL is never used', () => {
  const env = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
  expect(runningServer(env)).toBeUndefined();
});

test('a server elsewhere needs the explicit flag', () => {
  const env = { PHONE_LAB_LIVEKIT_URL: 'wss://project.livekit.cloud', ...key };
  expect(() => runningServer(env)).toThrow(/PHONE_LAB_ALLOW_REMOTE=1/);
  expect(runningServer({ ...env, PHONE_LAB_ALLOW_REMOTE: '1' })?.url).toBe('https://project.livekit.cloud');
});

test('a server without its key, or with an address that is none, is refused by name', () => {
  expect(() => runningServer({ PHONE_LAB_LIVEKIT_URL: 'ws://127.0.0.1:7880' })).toThrow(/PHONE_LAB_API_KEY/);
  expect(() => runningServer({ PHONE_LAB_LIVEKIT_URL: 'http://', ...key })).toThrow(/not a URL/);
});
