import { AccessToken } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { mayCall } from '../../src/proxy/token.js';

const key = { apiKey: 'key', apiSecret: 'a-secret-of-at-least-32-characters!!' };

async function token(grant: { call?: boolean }, options: { secret?: string; apiKey?: string; ttl?: number } = {}) {
  const made = new AccessToken(options.apiKey ?? key.apiKey, options.secret ?? key.apiSecret, {
    ttl: options.ttl ?? 600,
  });
  made.addSIPGrant(grant);
  return made.toJwt();
}

test('only a token of the key, in time, that allows calls, may call', async () => {
  expect(mayCall(await token({ call: true }), key)).toBe(true);
  expect(mayCall(await token({ call: false }), key)).toBe(false);
  expect(mayCall(await token({ call: true }, { secret: 'another-secret-of-at-least-32-chars' }), key)).toBe(false);
  expect(mayCall(await token({ call: true }, { apiKey: 'other' }), key)).toBe(false);
  expect(mayCall(await token({ call: true }), key, Date.now() + 601_000)).toBe(false);
  expect(mayCall(undefined, key)).toBe(false);
  expect(mayCall('a.b.c', key)).toBe(false);
  expect(mayCall('nonsense', key)).toBe(false);
});
