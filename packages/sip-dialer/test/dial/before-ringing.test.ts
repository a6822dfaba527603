import { expect, test } from 'vitest';
import { type DialOutcome, SipDialer } from '../../src/index.js';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

interface Refusal {
  readonly afterMs: number;
  readonly rings?: false;
  readonly watched?: boolean;
  readonly failingRoomCalls?: number;
}

function refused({ watched = true, failingRoomCalls = 0, ...refusal }: Refusal): Promise<DialOutcome> {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock, failingRoomCalls });
  server.phones.set('100', { does: 'reject', sipStatusCode: 403, ...refusal });
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
  return clock.settle(dialer.dial({ ...request, ...(watched && { watch: server.room('room') }) }));
}

const asked = { watched: false };

test.each<[what: string, before: true | undefined, refusal: Refusal]>([
  ['immediately', true, { afterMs: 60, rings: false }],
  ['after a search for the phone', true, { afterMs: 8_000, rings: false }],
  ['after ringing', undefined, { afterMs: 60 }],
  ['immediately, the room being asked', true, { afterMs: 60, rings: false, ...asked }],
  ['after a search, the room being asked', true, { afterMs: 8_000, rings: false, ...asked }],
  ['after ringing, the room being asked', undefined, { afterMs: 2_000, ...asked }],
  ['when the room could not be asked', undefined, { afterMs: 2_000, rings: false, failingRoomCalls: 99, ...asked }],
])('of a refusal %s, beforeRinging is %s', async (_what, before, refusal) => {
  const outcome = await refused(refusal);
  expect(outcome).toMatchObject({ status: 'trunk-rejected', sipStatusCode: 403 });
  expect(Reflect.get(outcome, 'beforeRinging')).toBe(before);
});
