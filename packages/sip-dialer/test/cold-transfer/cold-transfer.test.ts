import { inspect } from 'node:util';
import { SipCallError } from 'livekit-server-sdk';
import { describe, expect, test } from 'vitest';
import { type ColdTransferRequest, type ColdTransferResult, type SipApi, SipDialer } from '../../src/index.js';
import { ScriptedDialer, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';
import { transportFailure } from '../../src/testing/scripted-failures.js';
import { playAnyTransfers } from '../support/any-transfer.js';
import { fakeToken } from '../support/scripted-harness.js';
import { base, setUp, target } from '../support/transfer-harness.js';

describe('a phone that is sent elsewhere', () => {
  test('and goes is transferred, and leaves the room', async () => {
    const { clock, transfer, here } = setUp({ does: 'go' });
    expect(await clock.settle(transfer())).toEqual({ status: 'transferred' });
    expect(here()).toBe(false);
  });

  test('and declines has rejected, and stays', async () => {
    const { clock, transfer, here } = setUp({ does: 'refuse', sipStatusCode: 603 });
    const result = await clock.settle(transfer());
    expect(result).toMatchObject({ status: 'rejected', sipStatusCode: 603, sipStatus: 'Decline' });
    expect(result).toMatchObject({ cause: { code: 'call-failed' } });
    expect(result).not.toHaveProperty('certainty');
    expect(here()).toBe(true);
  });

  test.each([405, 501])('and does not know how answers %i: not-supported', async (sipStatusCode) => {
    const { clock, transfer, here } = setUp({ does: 'refuse', sipStatusCode });
    expect(await clock.settle(transfer())).toMatchObject({ status: 'not-supported', sipStatusCode });
    expect(here()).toBe(true);
  });

  test.each([486, 603, 405])('and gets a %i there has failed after it accepted', async (sipStatusCode) => {
    const { clock, transfer, here } = setUp({ does: 'accept-and-fail', sipStatusCode });
    const result = await clock.settle(transfer());
    expect(result).toMatchObject({ status: 'failed-after-accept', sipStatusCode });
    expect(result).not.toHaveProperty('certainty');
    expect(here()).toBe(true);
  });

  test('and never answers is no-response at the ring limit', async () => {
    const { clock, transfer, here } = setUp({ does: 'nothing' });
    const result = await clock.settle(transfer({ ringingTimeoutMs: 4_200 }));
    expect(result).toMatchObject({ status: 'no-response', cause: { httpStatus: 408 } });
    // 1 ms is the look at the phone before.
    expect(clock.now()).toBe(5_001);
    expect(here()).toBe(true);
  });
});

describe('where something cannot be known or done,', () => {
  test('a response that the gateway overheard is no-response and marked: the phone may have gone', async () => {
    const { clock, transfer } = setUp({ does: 'go-unheard' });
    expect(await clock.settle(transfer())).toMatchObject({
      status: 'no-response',
      certainty: 'assumed',
      cause: { httpStatus: 408, serverCode: 'canceled' },
    });
  });

  test('a phone that does not answer the REFER is no-response for certain', async () => {
    const { clock, transfer } = setUp({ does: 'nothing' });
    expect(await clock.settle(transfer())).not.toHaveProperty('certainty');
  });

  test.each(['dialing', 'ringing'])('a phone that is %s is not sent elsewhere, now or later', async (status) => {
    const { clock, server, transfer } = setUp({ does: 'go' });
    const attributes = { 'sip.callID': 'SCL_in', 'sip.callStatus': status };
    server.room('caller-room').join({ identity: 'caller-1', attributes, state: 2 });
    expect(await clock.settle(transfer())).toMatchObject({ status: 'failed', cause: { code: 'not-answered' } });
    expect(server.transferRequests).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('another target is refused while one is pending, which outlasts the request', async () => {
    const { clock, server, transfer, here } = setUp({ does: 'nothing' });
    await clock.settle(transfer({ ringingTimeoutMs: 1_000 }));
    const elsewhere = { to: 'sip:bob@pbx.example' };
    const refused = { status: 'failed', cause: { code: 'refused', httpStatus: 400, serverCode: 'invalid_argument' } };
    expect(await clock.settle(transfer(elsewhere))).toMatchObject(refused);
    expect(here()).toBe(true);
    await clock.advance(32_000);
    expect(await clock.settle(transfer(elsewhere))).toEqual({ status: 'transferred' });
    expect(server.transferRequests).toHaveLength(3);
  });

  test('a room that cannot be looked at does not hold it up', async () => {
    const { clock, transfer } = setUp({ does: 'go' }, { failingRoomCalls: 1 });
    expect(await clock.settle(transfer())).toEqual({ status: 'transferred' });
  });
});

test('a call of ours sends its own phone elsewhere, with the same options', async () => {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'answer', afterMs: 100 });
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
  const outcome = await clock.settle(dialer.dial(request));
  if (outcome.status !== 'answered') throw new Error(outcome.status);
  await expect(outcome.call.coldTransfer('ann')).rejects.toMatchObject({ code: 'invalid-option', option: 'to' });
  const going = outcome.call.coldTransfer('+15550199', { ringingTimeoutMs: 5_000 });
  expect(await clock.settle(going)).toEqual({ status: 'transferred' });
  expect(server.transferRequests).toMatchObject([
    { roomName: 'room', identity: 'human', to: 'tel:+15550199', options: { ringingTimeout: 5 } },
  ]);
  await clock.settle(outcome.call.ended);
});

test('a scripted call goes where it is sent, and refuses what the real one refuses', async () => {
  const dialer = new ScriptedDialer();
  await dialer.dial({ to: '100', roomName: 'room', participantIdentity: 'human', trunkId: 'ST_1' });
  const [call] = dialer.calls;
  await expect(call?.coldTransfer('ann')).rejects.toMatchObject({ option: 'to' });
  expect(await call?.coldTransfer('+15550199', { signal: AbortSignal.abort() })).toMatchObject({ sent: false });
  expect(await call?.coldTransfer('+15550199')).toEqual({ status: 'transferred' });
  expect(call?.transfers).toEqual(['tel:+15550199']);
  expect(await call?.ended).toMatchObject({ by: 'phone' });
});

test('the request reaches the SDK with every option by its own name and unit, and nothing else', async () => {
  const { clock, server, transfer } = setUp();
  const headers = { 'X-Case': '7' };
  await clock.settle(transfer({ headers, ringingTimeoutMs: 20_001, playDialtone: true }));
  const options = { headers, ringingTimeout: 21, playDialtone: true, timeout: 31 };
  expect(server.transferRequests).toEqual([{ roomName: 'caller-room', identity: 'caller-1', to: target, options }]);
});

test.each([
  ['+15550199', 'tel:+15550199'],
  ['tel:+1-555-0199', 'tel:+15550199'],
  ['+1 (555) 0199', 'tel:+15550199'],
  ['555-0199', 'tel:5550199'],
  ['tel:7042;phone-context=example.com', 'tel:7042;phone-context=example.com'],
  ['sip:+1-555-0199@pbx.example', 'sip:+15550199@pbx.example'],
  ['SIP:ann@pbx.example;transport=tcp', 'sip:ann@pbx.example;transport=tcp'],
  ['sips:ann@[::1]:5061', 'sips:ann@[::1]:5061'],
])('%s is sent as %s', async (to, sent) => {
  const { clock, server, transfer } = setUp();
  await clock.settle(transfer({ to }));
  expect(server.transferRequests[0]?.to).toBe(sent);
});

test.each<[string, string, Partial<ColdTransferRequest>]>([
  ['no target', 'to', { to: '' }],
  ['a name without a host', 'to', { to: 'ann' }],
  ['a sip: URI without a user', 'to', { to: 'sip:pbx.example' }],
  ['a URI of another kind', 'to', { to: 'https://pbx.example/ann' }],
  ['a URI that ends its brackets', 'to', { to: 'sip:ann@pbx.example>;x=<y' }],
  ['a header', 'to', { to: 'sip:ann@pbx.example?Replaces=1' }],
  ['a header of a number', 'to', { to: 'tel:+15550199?Route=x' }],
  ['an escape', 'to', { to: 'sip:ann%0d@pbx.example' }],
  ['a password', 'to', { to: 'sip:ann:secret@pbx.example' }],
  ['another method', 'to', { to: 'sip:ann@pbx.example;method=BYE' }],
  ['a scheme within a scheme', 'to', { to: 'sip:sip:ann@pbx.example' }],
  ['a space', 'to', { to: 'sip:ann smith@pbx.example' }],
  ['a line break', 'to', { to: 'tel:+15550199\r\nX: 1' }],
  ['no room', 'roomName', { roomName: '' }],
  ['no phone', 'identity', { identity: ' ' }],
  ['a core header', 'headers', { headers: { 'Refer-To': 'sip:x@y' } }],
  ['headers that are none', 'headers', { headers: null as never }],
  ['a switch that is no boolean', 'playDialtone', { playDialtone: 'yes' as never }],
  ['a limit in seconds', 'ringingTimeoutMs', { ringingTimeoutMs: 30 }],
])('%s is refused, and nothing is sent', async (_name, option, request) => {
  const { server, transfer } = setUp();
  await expect(transfer(request)).rejects.toMatchObject({ name: 'SipDialerError', option });
  expect(server.transferRequests).toEqual([]);
});

test('clients that cannot transfer are refused by name', async () => {
  const { sip, rooms } = new ScriptedServer();
  const dialer = new SipDialer({
    sip: { createSipParticipant: (...dial) => sip.createSipParticipant(...dial) },
    rooms,
  });
  await expect(dialer.coldTransfer(base)).rejects.toMatchObject({ code: 'missing-option', option: 'sip' });
});

describe('an abort', () => {
  test('before the request sends nothing', async () => {
    const { server, transfer } = setUp();
    const result = await transfer({}, AbortSignal.abort(new Error('enough')));
    expect(result).toEqual({ status: 'canceled', sent: false, cause: new Error('enough') });
    expect(server.transferRequests).toEqual([]);
  });

  test('during the request ends the wait immediately, and says that the phone may still go', async () => {
    const { clock, transfer, here } = setUp({ does: 'go', afterMs: 1_000 });
    const abort = new AbortController();
    const going = transfer({}, abort.signal);
    await clock.advance(500);
    abort.abort(new Error('enough'));
    expect(await clock.settle(going, 0)).toEqual({ status: 'canceled', sent: true, cause: new Error('enough') });
    await clock.advance(600);
    expect(here()).toBe(false);
    expect(clock.pending, 'timers').toBe(0);
  });
});

const failing = (thrown: unknown): SipApi => ({
  createSipParticipant: () => Promise.reject(new Error('not a dial')),
  transferSipParticipant: () => (thrown === undefined ? new Promise(() => {}) : Promise.reject(thrown)),
});

const transferBy = async (thrown: unknown): Promise<ColdTransferResult> => {
  const clock = new ScriptedClock();
  return clock.settle(new SipDialer({ sip: failing(thrown), rooms: setUp().server.rooms }, clock).coldTransfer(base));
};

describe('a server', () => {
  test('that knows no such phone, or one that is no phone, is failed', async () => {
    const { clock, server, transfer } = setUp();
    expect(await clock.settle(transfer({ identity: 'nobody' }))).toMatchObject({
      status: 'failed',
      cause: { code: 'refused', serverCode: 'not_found' },
    });
    server.room('caller-room').join({ identity: 'agent', attributes: {}, state: 2 });
    expect(await clock.settle(transfer({ identity: 'agent' }))).toMatchObject({ status: 'failed' });
  });

  test.each([
    ['is not there', 'ECONNREFUSED', 'failed', 'unreachable'],
    ['is lost on the way', 'UND_ERR_SOCKET', 'no-response', 'connection-lost'],
  ])('that %s (%s) is %s: %s', async (_what, errno, status, code) => {
    expect(await transferBy(transportFailure(errno))).toMatchObject({ status, cause: { code } });
  });

  test('that never answers is no-response soon after the limit', async () => {
    expect(await transferBy(undefined)).toMatchObject({ status: 'no-response', cause: { code: 'connection-lost' } });
  });

  // As LiveKit's own code encodes them.
  test.each([
    [
      'rejected',
      603,
      'CAcSGHNpcCBzdGF0dXM6IDYwMzogRGVjbGluZRo1CiV0eXBlLmdvb2dsZWFwaXMuY29tL2xpdmVraXQuU0lQU3RhdHVzEgwI2wQSB0RlY2xpbmU=',
    ],
    [
      'failed-after-accept',
      486,
      'CAgSMGNhbGwgdHJhbnNmZXIgZmFpbGVkOiBzaXAgc3RhdHVzOiA0ODY6IEJ1c3kgSGVyZRo3CiV0eXBlLmdvb2dsZWFwaXMuY29tL2xpdmVraXQuU0lQU3RhdHVzEg4I5gMSCUJ1c3kgSGVyZQ==',
    ],
  ])('that says %s (%i) in its details is taken at its word', async (status, sipStatusCode, details) => {
    const metadata = { sip_status_code: String(sipStatusCode), sip_status: 'as it likes', error_details: details };
    const result = await transferBy(new SipCallError('SipCallError', '', 403, 'permission_denied', metadata));
    expect(result).toMatchObject({ status, sipStatusCode });
    expect(result).not.toHaveProperty('certainty');
  });

  test('that gives no details has the refusal marked as assumed', async () => {
    const metadata = { sip_status_code: '486', sip_status: 'Busy Here' };
    expect(await transferBy(new SipCallError('SipCallError', '', 429, 'resource_exhausted', metadata))).toMatchObject({
      status: 'rejected',
      sipStatusCode: 486,
      certainty: 'assumed',
    });
  });

  test('that repeats our token has it taken out, with the names of all', async () => {
    const { clock, transfer } = setUp(undefined, { rejectedToken: fakeToken });
    const result = await clock.settle(transfer());
    expect(result).toMatchObject({ status: 'failed', cause: { httpStatus: 401 } });
    const shown = inspect([result, await transferBy(new Error(`${target} +15550199 caller-1 caller-room`))], {
      depth: 9,
      showHidden: true,
    });
    expect(shown).not.toMatch(/eyJ|5550199|caller-1|caller-room/);
  });
});

test('in 500 transfers there is one result in time, one request at most, and no timer left', async () => {
  await playAnyTransfers(500);
}, 60_000);
