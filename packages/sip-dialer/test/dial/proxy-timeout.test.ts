import { describe, expect, test } from 'vitest';
import { type DialOutcome, type DialRequest, SipDialer } from '../../src/index.js';
import { type ScriptedPhone, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

const cut = { proxyAfterMs: 500, httpStatus: 504 } as const;

function setUp(phone: ScriptedPhone) {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', phone);
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const base = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
  const dial = (request: Partial<DialRequest> = {}): Promise<DialOutcome> =>
    clock.settle(dialer.dial({ ...base, watch: server.room('room'), ...request }));
  return { clock, server, dial };
}

describe('when a proxy before the server cuts the waiting request,', () => {
  test.each([504, 502, 408])('with %d, a phone that is answered later is answered, by one request', async (status) => {
    const { clock, server, dial } = setUp({
      does: 'answer',
      afterMs: 9_000,
      request: { ...cut, httpStatus: status },
    });
    expect(await dial()).toMatchObject({ status: 'answered' });
    expect(clock.now()).toBe(9_000);
    expect(server.requests).toHaveLength(1);
  });

  test('a busy phone is busy', async () => {
    const { clock, dial } = setUp({ does: 'reject', sipStatusCode: 486, afterMs: 4_000, request: cut });
    expect(await dial()).toMatchObject({ status: 'busy', disconnectReason: 'USER_REJECTED' });
    expect(clock.now()).toBe(4_000);
  });

  test('a phone that is not answered is no-answer at the ring limit, and rings no longer', async () => {
    const { clock, server, dial } = setUp({ does: 'ring', request: cut });
    expect(await dial({ ringingTimeoutMs: 20_000 })).toMatchObject({ status: 'no-answer' });
    expect(clock.now()).toBeLessThan(20_100);
    expect(server.liveCalls).toEqual([]);
  });

  test.each([0, 500])(
    'after %d ms, and no leg appears, the dial is failed within four seconds',
    async (proxyAfterMs) => {
      const request = { proxyAfterMs, httpStatus: 502 };
      const { clock, dial } = setUp({ does: 'ring', joinsAfterMs: 60_000, request });
      expect(await dial()).toMatchObject({
        status: 'failed',
        retryable: true,
        cause: { code: 'server-error', httpStatus: 502, message: expect.stringContaining('HTTP 502') },
      });
      expect(clock.now()).toBeLessThan(proxyAfterMs + 4_000);
    },
  );
});

test('a request that is lost is not reported as no-answer by a ring limit that is shorter than the look for its leg', async () => {
  const { clock, dial } = setUp({ does: 'ring', joinsAfterMs: 60_000, request: { lostAfterMs: 10 } });
  expect(await dial({ ringingTimeoutMs: 1_000 })).toMatchObject({
    status: 'failed',
    cause: { code: 'connection-lost' },
  });
  expect(clock.now()).toBeLessThan(2_100);
});
