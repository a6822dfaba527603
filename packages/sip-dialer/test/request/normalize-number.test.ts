import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { type DialRequest, SipDialer } from '../../src/index.js';
import { normalizeNumber } from '../../src/request/normalize-number.js';
import { ScriptedDialer, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

const base = { roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
const checking = new SipDialer({ url: 'ws://127.0.0.1:1', apiKey: 'key', apiSecret: 'secret' });
const dialed = (request: Partial<DialRequest> & { to: string }): string =>
  checking.check({ ...base, ...request }).number;

describe('with a default country,', () => {
  test.each([
    ['DE', '030 123456', '+4930123456'],
    ['DE', '(030) 12 34-56', '+4930123456'],
    ['DE', '0049 30 123456', '+4930123456'],
    ['US', '213-373-4253', '+12133734253'],
    ['US', 'tel:+1-213-373-4253', '+12133734253'],
    ['US', '+49 30 123456', '+4930123456'],
    ['US', '011 49 30 123456', '+4930123456'],
    ['IT', '06 1234 5678', '+390612345678'], // the 0 stays in Italy
    ['GB', '020 7946 0018', '+442079460018'],
  ])('%s, the number %s is %s', (defaultCountry, to, number) => {
    expect(dialed({ to, defaultCountry })).toBe(number);
    expect(dialed({ to, defaultCountry, numberCheck: 'off' })).toBe(number);
  });

  test.each(['100', '911', '*67', 'ann', '1-800-FLOWERS', '12345678901234567890', 'call 213-373-4253 now'])(
    '%s is refused, with a way out',
    (to) => {
      expect(() => dialed({ to, defaultCountry: 'US' })).toThrow(
        /`to` must be a phone number of US.*without defaultCountry/,
      );
    },
  );

  test('a number that is possible and not in use is refused by strict only', () => {
    const request = { to: '555-555-0100', defaultCountry: 'US' };
    expect(dialed(request)).toBe('+15555550100');
    expect(() => dialed({ ...request, numberCheck: 'strict' })).toThrow('`to` must be a phone number of US');
  });

  test('an extension is refused: keys dial it', () => {
    expect(() => dialed({ to: '213-373-4253 ext. 12', defaultCountry: 'US' })).toThrow(/extension.*dtmf/);
  });

  test('a URI with a host is left as it is', () => {
    const connection = { hostname: 'pbx.example' };
    const request = { to: 'sip:100@pbx.example', connection, trunkId: null, defaultCountry: 'DE' };
    expect(dialed(request)).toBe('100');
  });

  test.each(['de', 'Germany', 'XX', '', '49', 7 as never])('the country "%s" is refused', (defaultCountry) => {
    expect(() => dialed({ to: '030 123456', defaultCountry })).toThrow('`defaultCountry` must be a country');
  });
});

test('without a default country, a number is dialed as it is', () => {
  expect(dialed({ to: '030123456' })).toBe('030123456');
});

test.each([
  ['answered', { does: 'answer', afterMs: 50 }],
  ['busy', { does: 'reject', sipStatusCode: 486, afterMs: 50 }],
] as const)('the outcome has the number that was dialed: %s', async (status, phone) => {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('+4930123456', phone);
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const request = { ...base, to: '030 123456', defaultCountry: 'DE' };
  expect(await clock.settle(dialer.dial(request))).toMatchObject({ status, dialedNumber: '+4930123456' });
  expect(server.requests).toMatchObject([{ number: '+4930123456' }]);
  expect(await clock.settle(dialer.dial({ ...base, to: '+4930123456' }))).not.toHaveProperty('dialedNumber');
  expect(await new ScriptedDialer().dial(request)).toMatchObject({ dialedNumber: '+4930123456' });
});

const absent = (): unknown => createRequire(import.meta.url)('libphonenumber-that-is-not-installed');

test('without the library of numbers, the refusal says what to install', () => {
  expect(() => normalizeNumber('030 123456', 'DE', 'lenient', absent)).toThrow(
    expect.objectContaining({
      code: 'missing-option',
      option: 'defaultCountry',
      message: 'defaultCountry needs the package libphonenumber-js: npm install libphonenumber-js',
    }),
  );
});
