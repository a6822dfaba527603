import { describe, expect, test } from 'vitest';
import { type DialRequest, SipDialer, SipDialerError } from '../../src/index.js';
import { ScriptedServer, scriptedTrunk } from '../../src/testing.js';

const { sip, rooms, requests } = new ScriptedServer();
const dialer = new SipDialer({ sip, rooms });
const request: DialRequest = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
const transfer = { roomName: 'room', identity: 'human', to: '+15550199' };

/** What JavaScript lets through. */
const wrong = (value: unknown): never => value as never;

const inline = (connection: object): DialRequest => {
  const { trunkId: _, ...rest } = request;
  return { ...rest, connection: { hostname: 'pbx.example', ...connection } };
};

describe('misuse is refused by a typed error, and nothing is dialed:', () => {
  test.each<[string, string, () => unknown]>([
    ['dial() without a request', 'request', () => dialer.dial(wrong(undefined))],
    ['dial(null)', 'request', () => dialer.dial(wrong(null))],
    ['dial() of a number', 'request', () => dialer.dial(wrong('+15550100'))],
    ['options that are null', 'options', () => dialer.dial(request, wrong(null))],
    ['a controller in place of its signal', 'signal', () => dialer.dial(request, wrong({ signal: {} }))],
    ['a handler that is none', 'onProgress', () => dialer.dial(request, wrong({ onProgress: 'log' }))],
    ['check() without a request', 'request', () => dialer.check(wrong(undefined))],
    ['coldTransfer() without a request', 'request', () => dialer.coldTransfer(wrong(undefined))],
    ['a transfer with a signal that is none', 'signal', () => dialer.coldTransfer(transfer, wrong({ signal: 1 }))],
    ['a dialer without options', 'options', () => new SipDialer(wrong(undefined))],
    ['clients that are missing', 'rooms', () => new SipDialer(wrong({ sip }))],
    ['keys that take longer than 120 s', 'dtmf', () => dialer.dial({ ...request, dtmf: '1'.repeat(231) })],
    ['headers in a Map', 'headers', () => dialer.dial({ ...request, headers: wrong(new Map([['X-Case', '7']])) })],
    ...['fromHost', 'authUsername', 'authPassword', 'destinationCountry'].map(
      (name): [string, string, () => unknown] => [
        `a line break in ${name}`,
        `connection.${name}`,
        () => dialer.dial(inline({ [name]: 'x\r\nVia: y' })),
      ],
    ),
    ...(['headersToAttributes', 'attributesToHeaders'] as const).map((name): [string, string, () => unknown] => [
      `a line break in a header of ${name}`,
      `connection.${name}`,
      () => dialer.dial(inline({ [name]: { 'x\r\nVia': 'x\r\nVia' } })),
    ]),
    [
      'an attribute that would become a core header',
      'connection.attributesToHeaders',
      () => dialer.dial(inline({ attributesToHeaders: { a: 'Via' } })),
    ],
  ])('%s', async (_what, option, misuse) => {
    const thrown: unknown = await (async () => misuse())().catch((error: unknown) => error);
    expect(SipDialerError.isInstance(thrown)).toBe(true);
    expect(thrown).toMatchObject({ option, message: expect.stringContaining(option) });
    expect(requests).toEqual([]);
  });

  test('keys that take 120 s are taken', () => {
    expect(dialer.check({ ...request, dtmf: 'w'.repeat(240) })).toEqual({ number: '100' });
  });
});
