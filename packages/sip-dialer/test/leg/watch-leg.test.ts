import { expect, test } from 'vitest';
import { type DialOutcome, type DialRequest, SipDialer } from '../../src/index.js';
import { type ScriptedRoom, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

const request: DialRequest = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
const noReason = 0;

/** A phone that rings for 3 s and is answered, and what a watching room reports 1 s after the request. */
async function dial(report: (room: ScriptedRoom, clock: ScriptedClock) => void): Promise<[DialOutcome, number]> {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'answer', afterMs: 3_000 });
  const watch = server.room('room');
  clock.after(1_000, () => report(watch, clock));
  const dialing = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock).dial({ ...request, watch });
  const outcome = await clock.settle(dialing);
  return [outcome, clock.now()];
}

function leave(room: ScriptedRoom): () => void {
  const leg = room.remoteParticipants.get('human');
  if (leg === undefined) throw new Error('the leg is not in the room');
  room.leave(leg, noReason);
  return () => {
    delete leg.disconnectReason;
    room.join(leg);
  };
}

test('a dial continues when the leg leaves without a reason and is back within a second, as when the watching room reconnects', async () => {
  const [outcome] = await dial((room, clock) => {
    const back = leave(room);
    clock.after(900, back);
  });
  expect(outcome).toMatchObject({ status: 'answered' });
});

test('a dial is not answered by a leg that left without a reason and is not back after a second', async () => {
  const [outcome, at] = await dial((room) => void leave(room));
  expect(outcome.status).not.toBe('answered');
  expect(at).toBeGreaterThanOrEqual(2_000);
  expect(at).toBeLessThan(3_500);
});
