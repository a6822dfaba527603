import { describe, expect, test } from 'vitest';
import { type DialOptions, type DialOutcome, type DialRequest, SipDialer } from '../../src/index.js';
import { type ScriptedPhone, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

/** Answers after 100 ms; the keys take 1040 ms. */
function setUp(phone: Partial<ScriptedPhone> = {}) {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'answer', afterMs: 100, ...phone } as ScriptedPhone);
  const room = server.room('room');
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const base = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk, dtmf: '12' };
  const dial = (request: Partial<DialRequest> = {}, options: DialOptions = {}): Promise<DialOutcome> =>
    dialer.dial({ ...base, watch: room, ...request }, options);
  return { clock, server, room, dial };
}

const abortAfter = (clock: ScriptedClock, ms: number): AbortSignal => {
  const abort = new AbortController();
  clock.after(ms, () => abort.abort(new Error('enough')));
  return abort.signal;
};

const lists = [
  ['a joined room', {}],
  ['the participant list', { watch: undefined }],
] as const;

describe('while the keys of the dial are pressed,', () => {
  test('an abort cancels the dial immediately, and the outcome has how long the other keys take', async () => {
    const { clock, server, room, dial } = setUp();
    const outcome = await clock.settle(dial({}, { signal: abortAfter(clock, 500) }));
    expect(outcome).toMatchObject({ status: 'canceled', cause: new Error('enough'), lastCallStatus: 'automation' });
    expect(clock.now()).toBeLessThan(510);
    expect(outcome).toMatchObject({ dtmfRemainingMs: 100 + 1_040 - (outcome.timings.endedAt ?? 0) });
    expect(room.remoteParticipants.size).toBe(0);
    expect(server.liveCalls, 'the gateway presses them').toHaveLength(1);
    await clock.advance(100 + 1_040 - clock.now());
    expect(server.liveCalls).toEqual([]);
    await clock.advance(60_000);
    expect(server.requests).toHaveLength(1);
    expect(clock.pending, 'timers').toBe(0);
  });

  test.each(lists)('a phone that hangs up is failed, seen in %s', async (_where, request) => {
    const { clock, server, dial } = setUp({ hangsUpAfterMs: 300 });
    const outcome = await clock.settle(dial(request));
    expect(outcome).toMatchObject({ status: 'failed', retryable: true });
    expect(outcome).not.toHaveProperty('dtmfRemainingMs');
    expect(server.liveCalls).toEqual([]);
    await clock.advance(60_000);
    expect(clock.pending, 'timers').toBe(0);
  });

  test('a phone that hangs up has a cause and a reason, and nothing is assumed', async () => {
    const { clock, dial } = setUp({ hangsUpAfterMs: 300 });
    const outcome = await clock.settle(dial());
    const facts = { lastCallStatus: 'hangup', disconnectReason: 'CLIENT_INITIATED', cause: { code: 'call-failed' } };
    expect(outcome).toMatchObject(facts);
    expect(outcome).not.toHaveProperty('certainty');
  });

  test.each([
    ['before', 100],
    ['after', 0],
  ])('a hang-up that is reported %s the success of the request is no answer', async (_when, responseMs) => {
    const { clock, dial } = setUp({ hangsUpAfterMs: 300, responseMs });
    expect((await clock.settle(dial())).status).toBe('failed');
  });

  test('a hang-up during a dial that does not wait is no answer', async () => {
    const { clock, dial } = setUp({ hangsUpAfterMs: 300 });
    expect((await clock.settle(dial({ ringingTimeoutMs: 90_000 }))).status).toBe('failed');
  });

  test.each(lists)('a leg that another program removes is no answer, seen in %s', async (_where, request) => {
    const { clock, server, dial } = setUp();
    clock.after(900, () => void server.liveCalls[0]?.remove());
    const outcome = await clock.settle(dial(request));
    expect(outcome.status).toBe('watch' in request ? 'failed' : 'canceled');
    await clock.advance(2_000);
    expect(server.liveCalls).toEqual([]);
  });
});

test('keys that are through are an answer soon after, unless the phone hangs up', async () => {
  const { clock, dial } = setUp({ responseMs: 0 });
  const outcome = await clock.settle(dial());
  if (outcome.status !== 'answered') throw new Error(outcome.status);
  expect(clock.now()).toBe(100 + 1_040 + 150);
  await clock.settle(outcome.call.hangUp());
});

test('a call that is over before the server says that it was answered is none', async () => {
  const { clock, dial } = setUp({ hangsUpAfterMs: 50, responseMs: 80 });
  const outcome = await clock.settle(dial({ dtmf: undefined }));
  expect(outcome).toMatchObject({ status: 'failed', lastCallStatus: 'hangup', disconnectReason: 'CLIENT_INITIATED' });
});

test('an abort in the moment after the last key hangs up', async () => {
  const { clock, server, dial } = setUp({ responseMs: 0 });
  const outcome = await clock.settle(dial({}, { signal: abortAfter(clock, 100 + 1_040 + 50) }));
  expect(outcome.status).toBe('canceled');
  expect(outcome).not.toHaveProperty('dtmfRemainingMs');
  expect(server.liveCalls).toEqual([]);
});
