import { expect, test } from 'vitest';
import { SipDialer } from '../../src/index.js';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

/** The time of day is set an hour forward, or back, a second after the start. */
class AdjustedClock extends ScriptedClock {
  readonly #byMs: number;

  constructor(byMs: number) {
    super();
    this.#byMs = byMs;
  }

  override now(): number {
    const now = super.now();
    return now < 1_000 ? now : now + this.#byMs;
  }
}

test.each([3_600_000, -3_600_000])(
  'a time of day that jumps by %i ms changes no outcome and no duration',
  async (ms) => {
    const clock = new AdjustedClock(ms);
    const server = new ScriptedServer({ clock });
    server.phones.set('100', { does: 'reject', sipStatusCode: 486, afterMs: 2_000, request: { lostAfterMs: 500 } });
    const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
    const base = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
    const outcome = await clock.settle(dialer.dial({ ...base, watch: server.room('room') }));
    expect(outcome).toMatchObject({ status: 'busy', timings: { requestedAt: 0, endedAt: 2_000 } });
  },
);
