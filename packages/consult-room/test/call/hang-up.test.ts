import { describe, expect, it, vi } from 'vitest';
import { hangUpParticipants } from '../../src/call/hang-up.ts';
import { type ConsultRoomError, createMerge } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';
import { NamedRoom } from '../support/named-room.ts';

const noResponse = (): Promise<never> => Promise.reject(Object.assign(new Error('no response'), { status: 503 }));
const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

describe('hanging up', () => {
  const locations = [
    { room: 'main', identity: 'caller' },
    { room: 'consult', identity: 'human' },
  ];

  it('retries failed requests, and counts a participant who has left as hung up', async () => {
    const rooms = new InMemoryRoomService();
    rooms.addParticipant('main', { identity: 'caller', kind: 3 });
    rooms.failNext('removeParticipant', broken());
    rooms.failNext('listParticipants', broken());
    expect(await hangUpParticipants(rooms, locations, 2_000)).toEqual({ clean: true, problems: [] });
    expect(await rooms.listParticipants('main')).toEqual([]);
  });

  it.each([
    ['keep-trying', []],
    ['give-up', [{ identity: 'caller' }]],
  ] as const)('goes on in the background only with keep-trying: %s', async (then, left) => {
    vi.useFakeTimers();
    try {
      const rooms = new InMemoryRoomService();
      rooms.addParticipant('main', { identity: 'caller', kind: 3 });
      const stop = rooms.failAll('hang');
      const hangingUp = hangUpParticipants(rooms, locations, 500, then);
      await vi.advanceTimersByTimeAsync(600);
      expect((await hangingUp).clean).toBe(false);
      stop();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await rooms.listParticipants('main')).toMatchObject(left);
    } finally {
      vi.useRealTimers();
    }
  });

  it('reports who could not be hung up within its timeout', async () => {
    const rooms = new InMemoryRoomService();
    rooms.addParticipant('main', { identity: 'caller', kind: 3 });
    rooms.removeParticipant = () => new Promise(() => undefined);
    const startedAt = performance.now();
    expect(await hangUpParticipants(rooms, locations, 150)).toMatchObject({ clean: false });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('trusts the listing when the server rejects the removal of a participant who is gone', async () => {
    const rooms = new InMemoryRoomService();
    rooms.removeParticipant = noResponse;
    expect(await hangUpParticipants(rooms, locations, 2_000)).toEqual({ clean: true, problems: [] });
  });

  it('trusts the list of rooms when the server does not respond for a room that is gone', async () => {
    const rooms = new InMemoryRoomService();
    rooms.removeParticipant = noResponse;
    rooms.listParticipants = noResponse;
    expect(await hangUpParticipants(rooms, locations, 2_000)).toEqual({ clean: true, problems: [] });
    rooms.addParticipant('main', { identity: 'caller', kind: 3 });
    expect(await hangUpParticipants(rooms, locations, 150)).toMatchObject({
      clean: false,
      problems: [{ code: 'server' }],
    });
  });
});

describe('a human agent whom the server removes only at the second try', () => {
  const warnings: ConsultRoomError[] = [];
  const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);

  it('is hung up after a move into the caller room that cannot be undone', async () => {
    const rooms = new InMemoryRoomService();
    rooms.addParticipant('consult', { identity: 'human', kind: 3 });
    rooms.failNext('removeParticipant', broken());
    await using merge = createMerge({
      strategy: 'move',
      server: { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' },
      participants: rooms,
      callerRoom: new NamedRoom('main'),
      callerIdentity: 'caller',
      consultRoom: new NamedRoom('consult'),
      humanIdentity: 'human',
      verifyTimeoutMs: 50,
      onWarning,
    });
    // The room is not connected, so that it has no participants.
    const merging = merge.merge();
    await vi.waitFor(async () => expect(await rooms.listParticipants('main')).toHaveLength(1));
    rooms.failNext('moveParticipant', broken());
    expect(await merging).toMatchObject({ merged: false });
    expect(await rooms.listParticipants('main')).toEqual([]);
    expect(warnings).toMatchObject([{ message: 'move a participant: internal' }]);
  });
});
