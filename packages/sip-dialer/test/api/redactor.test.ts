import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { SipDialer } from '../../src/index.js';
import { recognizeFailure } from '../../src/api/api-failure.js';
import { createRedactor } from '../../src/api/redactor.js';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';
import { sipRejection, wrongSecret } from '../../src/testing/scripted-failures.js';
import { fakeToken } from '../support/scripted-harness.js';

const redact = createRedactor(['top-secret', '+15550100', 'consult-7', undefined, '']);

test('an error that is shown to others holds no given secret and no token', () => {
  const thrown = Object.assign(new Error(`+15550100 in consult-7 with top-secret and ${fakeToken}`), {
    status: 500,
    code: 'internal',
    cause: new Error('top-secret'),
    metadata: { token: fakeToken },
  });
  const { kind, error } = recognizeFailure(thrown, redact);
  expect(kind).toBe('ambiguous');
  const shown = inspect(error, { depth: 9, showHidden: true });
  expect(shown).toContain('[redacted] in [redacted] with [redacted] and [token]');
  expect(shown).not.toMatch(/top-secret|5550100|consult-7|eyJ/);
});

test('the longer of two overlapping secrets is taken out whole', () => {
  expect(createRedactor(['abc', 'abcdef'])('x abcdef y')).toBe('x [redacted] y');
});

test.each(['+1-555-010-0199', '15550100199', '+1 (555) 010 0199'])(
  '%s is one number, however it is written',
  (text) => {
    expect(createRedactor(['+15550100199'])(`to ${text}.`)).toBe('to [redacted].');
    expect(createRedactor([text])('to +15550100199.')).toBe('to [redacted].');
  },
);

test('an error of another copy of the SDK is recognized by its shape', () => {
  const { status, code, metadata, message } = sipRejection(486).error as unknown as Record<string, unknown>;
  const copy = { status, code, metadata, message };
  expect(recognizeFailure(copy, redact)).toMatchObject({
    kind: 'sip',
    error: { sipStatusCode: 486, sipStatus: 'Busy Here' },
  });
});

const refusedBy = (words: string): Error =>
  Object.assign(new Error(words), { status: 412, code: 'failed_precondition' });

test.each<[kind: string, thrown: unknown]>([
  ['rejected', Object.assign(new Error('x'), { status: 404, code: 'not_found' })],
  ['unauthorized', refusedBy('sip server required auth, but no username or password was provided')],
  ['unauthorized', refusedBy('max auth retry attempts reached for SIP invite')],
  ['unauthorized', refusedBy('no auth header in sip invite response')],
  ['rejected', refusedBy('no numbers on outbound trunk')],
  ['ambiguous', Object.assign(new Error('x'), { status: 408, code: 'deadline_exceeded' })],
  ['gateway-ended', Object.assign(new Error('x'), { status: 408, code: 'canceled' })],
  ['unsent', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
  ['connection-lost', new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })],
  ['connection-lost', new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
  ['connection-lost', 'a string'],
])('%s: %s', (kind, thrown) => {
  expect(recognizeFailure(thrown, redact).kind).toBe(kind);
});

const refuse = (): Promise<never> => Promise.reject(wrongSecret(fakeToken));

test('a hang-up that the server refuses shows no token, neither as error nor as warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'answer', afterMs: 50 });
  const rooms = { listParticipants: refuse, removeParticipant: refuse };
  const dialer = new SipDialer({ sip: server.sip, rooms }, clock);
  const watch = server.room('consult-7');
  const request = { to: '100', roomName: 'consult-7', participantIdentity: 'human-7', trunkId: scriptedTrunk, watch };
  const outcome = await clock.settle(dialer.dial(request));
  if (outcome.status !== 'answered') throw new Error(outcome.status);
  const { call } = outcome;
  const failure: unknown = await clock.settle(call.hangUp().catch((error: unknown) => error));
  expect(failure).toMatchObject({ code: 'hang-up-unverified' });
  await clock.settle(call.close());
  expect(warned).toHaveBeenCalledTimes(1);
  const shown = inspect([failure, warned.mock.calls, call], { depth: 9, showHidden: true });
  warned.mockRestore();
  expect(shown).not.toMatch(/eyJ/);
});

test('nothing that a talkative server repeats to the SDK reaches an outcome', async () => {
  const apiSecret = 'the-secret-of-this-test-is-long-enough';
  const connection = { hostname: 'sip.example.com', authUsername: 'trunk-user', authPassword: 'trunk-password' };
  const server = createServer((request, response) => {
    const msg = `${request.headers.authorization} ${apiSecret} ${connection.authPassword} key-of-the-case +15550100 human-7 consult-7`;
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code: 'invalid_argument', msg }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dialer = new SipDialer({ url: `http://127.0.0.1:${port}`, apiKey: 'key', apiSecret });
  const request = { to: '+15550100', roomName: 'consult-7', participantIdentity: 'human-7', callerId: '+15550199' };
  const outcome = await dialer.dial({ ...request, connection, headers: { 'X-Key': 'key-of-the-case' } });
  server.close();
  server.closeAllConnections();
  expect(outcome).toMatchObject({ status: 'failed', cause: { code: 'refused', serverCode: 'invalid_argument' } });
  const shown = inspect([outcome, dialer], { depth: 9, showHidden: true });
  expect(shown).toContain('[token]');
  expect(shown).not.toMatch(/eyJ|the-secret|trunk-|key-of|5550100|human-7|consult-7/);
});
