import { AccessToken } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { withoutTokens } from '../../src/twirp/without-tokens.js';

test('a token is taken out of a text, wherever and however often it stands', async () => {
  const token = await new AccessToken('key', 'secret-of-more-than-32-characters-here', { identity: 'x' }).toJwt();
  expect(withoutTokens(`ws://127.0.0.1/rtc?access_token=${token}&sdk=node: ${token}`)).toBe(
    'ws://127.0.0.1/rtc?access_token=<token>&sdk=node: <token>',
  );
});

test('a token that was cut off is taken out too, and the rest of a text stays', () => {
  expect(withoutTokens('bad token: eyJhbGciOiJIUzI1NiJ9.eyJ2')).toBe('bad token: <token>');
  expect(withoutTokens('engine: signal failure: client error: 404')).toBe('engine: signal failure: client error: 404');
});
