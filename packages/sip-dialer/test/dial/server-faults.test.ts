import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import {
  type DialFailed,
  type DialOptions,
  type DialOutcome,
  type DialRequest,
  type SipApi,
  SipDialer,
} from '../../src/index.js';
import {
  type ScriptedPhone,
  ScriptedServer,
  type ScriptedServerOptions,
  scriptedTrunk,
  ScriptedClock,
} from '../../src/testing.js';
import { pause } from '../../src/clock.js';
import { requestTimedOut } from '../../src/testing/scripted-failures.js';
import { fakeToken } from '../support/scripted-harness.js';

function setUp(phone: ScriptedPhone, server: ScriptedServerOptions = {}) {
  const clock = new ScriptedClock();
  const scripted = new ScriptedServer({ ...server, clock });
  scripted.phones.set('100', phone);
  const dialer = new SipDialer({ sip: scripted.sip, rooms: scripted.rooms }, clock);
  const room = scripted.room('room');
  const base = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
  const dial = (request: Partial<DialRequest> = {}, options?: DialOptions): Promise<DialOutcome> =>
    dialer.dial({ ...base, watch: room, ...request }, options);
  return { clock, server: scripted, room, dial };
}

const throwing = (): never => {
  throw new Error('in the handler');
};

/** The reducer looks at the leg's history; a leg that never joined has none. */
const listOnly = { watch: undefined };

describe('when the request to dial is lost,', () => {
  test('a call that is answered all the same is answered, and nothing is sent twice', async () => {
    const { clock, server, dial } = setUp({ does: 'answer', afterMs: 4_000, request: { lostAfterMs: 100 } });
    const outcome = await clock.settle(dial());
    expect(outcome).toMatchObject({ status: 'answered', call: { callId: 'SCL_1' } });
    expect(clock.now()).toBe(4_000);
    expect(server.requests).toHaveLength(1);
  });

  test('a call that has just become active is answered immediately', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 100, responseMs: 50, request: { lostAfterMs: 120 } });
    expect((await clock.settle(dial())).status).toBe('answered');
    expect(clock.now()).toBe(120);
  });

  test('a leg that has not joined yet is looked for', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 4_000, joinsAfterMs: 900, request: { lostAfterMs: 10 } });
    expect((await clock.settle(dial(listOnly))).status).toBe('answered');
  });

  test('and no leg comes, the dial is failed, with the cause, in seconds', async () => {
    const { clock, server, dial } = setUp({ does: 'ring', joinsAfterMs: 60_000, request: { lostAfterMs: 10 } });
    const outcome = await clock.settle(dial());
    expect(outcome).toMatchObject({ status: 'failed', retryable: true, cause: { code: 'connection-lost' } });
    expect(clock.now()).toBeLessThan(5_000);
    expect(server.requests).toHaveLength(1);
  });

  test('a phone that is not answered is no-answer at the ring limit', async () => {
    const { clock, server, dial } = setUp({ does: 'ring', request: { lostAfterMs: 100 } });
    expect(await clock.settle(dial({ ringingTimeoutMs: 2_500 }))).toMatchObject({ status: 'no-answer' });
    expect(clock.now()).toBeLessThan(2_600);
    expect(server.liveCalls).toEqual([]);
  });

  test('because no server could be reached, the dial is failed immediately', async () => {
    const { clock, dial } = setUp({ does: 'ring', request: 'unreachable' });
    expect(await clock.settle(dial())).toMatchObject({ status: 'failed', cause: { code: 'unreachable' } });
    expect(clock.now()).toBe(0);
  });
});

describe('when the request to dial hangs for ever,', () => {
  test('the ring limit settles it, and the phone rings no longer', async () => {
    const { clock, server, dial } = setUp({ does: 'ring', request: 'hangs' });
    expect(await clock.settle(dial({ ringingTimeoutMs: 1_500 }))).toMatchObject({ status: 'no-answer' });
    expect(clock.now()).toBeLessThan(1_600);
    expect(server.liveCalls).toEqual([]);
  });

  test('canceling settles it', async () => {
    const { clock, server, dial } = setUp({ does: 'ring', request: 'hangs' });
    const abort = new AbortController();
    clock.after(200, () => abort.abort());
    expect((await clock.settle(dial({}, { signal: abort.signal }))).status).toBe('canceled');
    expect(clock.now()).toBeLessThan(300);
    expect(server.liveCalls).toEqual([]);
  });

  test('an answered phone is answered when the confirmation is overdue', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 100, request: 'hangs' });
    expect((await clock.settle(dial())).status).toBe('answered');
    expect(clock.now()).toBe(5_100);
  });
});

describe('when the server says otherwise than the room,', () => {
  test('a leg that comes a minute after we gave up is hung up', async () => {
    const { clock, server, room, dial } = setUp({ does: 'answer', joinsAfterMs: 99_000, afterMs: 100_000 });
    expect((await clock.settle(dial({ ringingTimeoutMs: 1_000 }))).status).toBe('no-answer');
    await clock.advance(100_000);
    expect(server.liveCalls).toEqual([]);
    expect(room.remoteParticipants.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('a leg that still rings after the request timed out is removed', async () => {
    const { clock, server, room } = setUp({ does: 'ring' });
    const timesOut: SipApi['createSipParticipant'] = async (...request) => {
      server.sip.createSipParticipant(...request).catch(() => {});
      await pause(clock, 500);
      throw requestTimedOut();
    };
    const dialer = new SipDialer({ sip: { createSipParticipant: timesOut }, rooms: server.rooms }, clock);
    const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk, watch: room };
    expect(await clock.settle(dialer.dial(request))).toMatchObject({ status: 'no-answer' });
    expect(server.liveCalls).toEqual([]);
  });
});

describe('an answer', () => {
  test('of the attributes alone is none while the request is pending', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 100, responseMs: 700 });
    const outcome = await clock.settle(dial());
    expect(outcome.timings.answeredAt).toBe(800);
  });

  test('in the last moment, followed by long keys, is no failure', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 2_400 });
    const outcome = await clock.settle(dial({ ringingTimeoutMs: 2_500, dtmf: 'wwwwww1234#' }));
    expect(outcome.status).toBe('answered');
    expect(clock.now()).toBeGreaterThan(7_500);
  });

  test('in the last moment is seen by asking, too', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 2_450 });
    const outcome = await clock.settle(dial({ ...listOnly, ringingTimeoutMs: 2_500, dtmf: 'wwwwww1234#' }));
    expect(outcome.status).toBe('answered');
  });

  test('that comes after we gave up is hung up', async () => {
    const { clock, server, dial } = setUp({ does: 'answer', afterMs: 1_002, responseMs: 3_000 }, { roomCallMs: 400 });
    expect((await clock.settle(dial({ ringingTimeoutMs: 1_000 }))).status).toBe('no-answer');
    await clock.advance(5_000);
    expect(server.liveCalls).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test('of a person who hangs up immediately is a call that has ended', async () => {
    const { clock, dial } = setUp({ does: 'answer', afterMs: 100, hangsUpAfterMs: 1, responseMs: 0 });
    const outcome = await clock.settle(dial());
    if (outcome.status !== 'answered') throw new Error(outcome.status);
    expect(await clock.settle(outcome.call.ended)).toMatchObject({ by: 'phone', disconnectReason: 'CLIENT_INITIATED' });
    await outcome.call.hangUp();
  });
});

describe('a call whose leg leaves while it is active', () => {
  test.each([
    ['as a client that wanted to has ended by the phone, which was too quick to be seen hanging up', 1, 'phone'],
    ['for want of media is lost', 15, 'lost'],
  ])('%s', async (_what, reason, by) => {
    const { clock, server, dial } = setUp({ does: 'answer', afterMs: 100 });
    const outcome = await clock.settle(dial());
    const leg = server.room('room').remoteParticipants.get('human');
    if (outcome.status !== 'answered' || leg === undefined) throw new Error(outcome.status);
    server.room('room').leave(leg, reason);
    expect(await clock.settle(outcome.call.ended)).toMatchObject({ by });
  });
});

describe('without waiting, beyond the server cap,', () => {
  test.each<[ScriptedPhone, Partial<DialFailed>]>([
    [
      { does: 'reject', sipStatusCode: 486, afterMs: 100 },
      { status: 'busy', disconnectReason: 'USER_REJECTED' },
    ],
    [
      { does: 'reject', sipStatusCode: 480, afterMs: 100 },
      { status: 'no-answer', disconnectReason: 'USER_UNAVAILABLE' },
    ],
    [
      { does: 'reject', sipStatusCode: 500, afterMs: 100 },
      { status: 'failed', disconnectReason: 'CLIENT_INITIATED' },
    ],
  ])('%o is recognized by the reason for leaving, and marked as assumed', async (phone, expected) => {
    const { clock, dial } = setUp(phone);
    expect(await clock.settle(dial({ ringingTimeoutMs: 90_000 }))).toMatchObject({ ...expected, certainty: 'assumed' });
  });

  test('a phone that is not answered in the whole time is no-answer', async () => {
    const { clock, dial } = setUp({ does: 'ring' });
    expect(await clock.settle(dial({ ringingTimeoutMs: 90_000 }))).toMatchObject({ status: 'no-answer' });
    expect(clock.now()).toBeGreaterThanOrEqual(90_000);
    expect(clock.now()).toBeLessThan(90_200);
  });
});

describe('the ring limit', () => {
  test.each([1_000, 1_250.5, 2_001])('of %d ms is kept to the fraction of a second', async (ringingTimeoutMs) => {
    const { clock, dial } = setUp({ does: 'ring' });
    const outcome = await clock.settle(dial({ ringingTimeoutMs }));
    expect(outcome.status).toBe('no-answer');
    expect(clock.now() - ringingTimeoutMs).toBeLessThan(30);
    expect(clock.now()).toBeGreaterThanOrEqual(ringingTimeoutMs);
  });
});

describe('what cannot be seen', () => {
  test('is marked as assumed', async () => {
    const { clock, dial } = setUp({ does: 'ring' }, { failingRoomCalls: 12 });
    expect(await clock.settle(dial({ ...listOnly, ringingTimeoutMs: 1_000 }))).toMatchObject({
      status: 'no-answer',
      certainty: 'assumed',
    });
  });

  test('is asked for, when the watched room cannot be joined', async () => {
    const { clock, dial } = setUp({ does: 'nothing' });
    const watch = Promise.reject(new Error('no room for us'));
    expect(await clock.settle(dial({ watch, ringingTimeoutMs: 1_000 }))).toMatchObject({ status: 'unreachable' });
  });
});

const noRoom = (): Promise<never> => Promise.reject(new Error('no room for us'));

test('a room that cannot be joined causes no unhandled error when nothing is dialed', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const { dial } = setUp({ does: 'ring' });
  expect((await dial({ watch: noRoom() }, { signal: AbortSignal.abort() })).status).toBe('canceled');
  await expect(dial({ watch: noRoom(), to: '' })).rejects.toMatchObject({ option: 'to' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

describe('progress', () => {
  test('may cancel the call', async () => {
    const { clock, server, dial } = setUp({ does: 'ring' });
    const abort = new AbortController();
    const seen: string[] = [];
    const onProgress: DialOptions['onProgress'] = ({ status }) => {
      seen.push(status);
      if (status === 'ringing') abort.abort();
    };
    expect((await clock.settle(dial({}, { signal: abort.signal, onProgress }))).status).toBe('canceled');
    expect(seen).toEqual(['dialing', 'ringing']);
    expect(server.liveCalls).toEqual([]);
  });

  test('that throws becomes a warning and does not disturb the call', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { clock, dial } = setUp({ does: 'answer', afterMs: 100 });
    expect((await clock.settle(dial({}, { onProgress: throwing }))).status).toBe('answered');
    expect(warned).toHaveBeenCalledWith(expect.objectContaining({ code: 'handler-failed' }));
    warned.mockRestore();
  });
});

test('a trunk that wants a password, and gets none or the wrong one, has rejected the call', async () => {
  const clock = new ScriptedClock();
  const { rooms } = new ScriptedServer({ clock });
  // As the gateway reports SIP 401 and 407.
  const words = 'twirp error unknown: sip server required auth, but no username or password was provided';
  const thrown = Object.assign(new Error(words), { status: 412, code: 'failed_precondition' });
  const dialer = new SipDialer({ sip: { createSipParticipant: () => Promise.reject(thrown) }, rooms }, clock);
  const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
  expect(await clock.settle(dialer.dial(request))).toMatchObject({
    status: 'trunk-rejected',
    retryable: false,
    cause: { code: 'call-failed', message: words },
  });
});

describe('an outcome', () => {
  test('holds no token, secret, number, identity or room', async () => {
    const { clock, dial } = setUp({ does: 'ring' }, { rejectedToken: fakeToken });
    const outcome = await clock.settle(dial());
    expect(outcome).toMatchObject({ status: 'failed', retryable: false, cause: { code: 'refused', httpStatus: 401 } });
    const shown = inspect(outcome, { depth: 9, showHidden: true }) + String((outcome as DialFailed).cause);
    expect(shown).toContain('[token]');
    expect(shown).not.toContain(fakeToken.slice(0, 12));
  });

  test.each([404, 486, 503])('of SIP %i has its status and phrase', async (sipStatusCode) => {
    const { clock, dial } = setUp({ does: 'reject', sipStatusCode, afterMs: 50 });
    const outcome = (await clock.settle(dial())) as DialFailed;
    expect(outcome.sipStatusCode).toBe(sipStatusCode);
    expect(outcome.sipStatus).toMatch(/^[A-Z]/);
    expect(outcome.disconnectReason).toBeDefined();
    expect(outcome.lastCallStatus).toBe('ringing');
    expect(outcome.cause).toMatchObject({ code: 'call-failed', sipStatusCode });
  });
});
