import { SipDialer } from '../../src/index.js';
import { type DialerHarness, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';
import { transportFailure } from '../../src/testing/scripted-failures.js';

export const fakeToken = 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJrZXkifQ.c2lnbmF0dXJl';

export interface ScriptedWorld extends DialerHarness {
  readonly clock: ScriptedClock;
  readonly server: ScriptedServer;
}

const nowhere = (): Promise<never> => Promise.reject(transportFailure('ECONNREFUSED'));

/** The contract's world on scripted clients under a virtual clock that runs by itself. */
export function scriptedWorld({ watched }: { watched: boolean }): ScriptedWorld {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  const refusing = new ScriptedServer({ clock, rejectedToken: fakeToken });
  const run = { on: true };
  void (async () => {
    while (run.on) await clock.advance(1_000);
  })();
  return {
    clock,
    server,
    dialer: new SipDialer({ sip: server.sip, rooms: server.rooms }, clock),
    dialerWithWrongSecret: new SipDialer({ sip: refusing.sip, rooms: refusing.rooms }, clock),
    dialerWithoutServer: new SipDialer(
      { sip: { createSipParticipant: nowhere }, rooms: { listParticipants: nowhere, removeParticipant: nowhere } },
      clock,
    ),
    place(phone) {
      const number = `+1555010000${server.phones.size}`;
      server.phones.set(number, phone);
      return Promise.resolve({
        to: number,
        roomName: 'consult-1',
        participantIdentity: 'human-1',
        trunkId: scriptedTrunk,
      });
    },
    watch: (roomName) => Promise.resolve(watched ? server.room(roomName) : undefined),
    remove: ({ roomName, participantIdentity }) => server.rooms.removeParticipant(roomName, participantIdentity),
    keysHeard: () =>
      server
        .room('consult-1')
        .keys.map(({ digit }) => digit)
        .join(''),
    requestCount: () => server.requests.length,
    leftovers: () =>
      Promise.resolve([
        ...server.liveCalls.map(() => 'a live call'),
        ...[...server.room('consult-1').remoteParticipants.keys()].map(() => 'a leg in the room'),
      ]),
    sleep: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
    [Symbol.asyncDispose]() {
      run.on = false;
      return Promise.resolve();
    },
  };
}
