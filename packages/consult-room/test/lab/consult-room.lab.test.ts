import { fileURLToPath } from 'node:url';
import { Room } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { AgentDispatchClient, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConsultRoom, ConsultRoomError } from '../../src/index.ts';
import { readRoomMetadata } from '../../src/room/room-metadata.ts';
import { fresh, joinAs, optionsFor, serviceOf } from '../support/fixture.ts';
import { listed, ring } from '../support/ring.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe('create', () => {
  it('creates a room with its owner in the metadata and its own limits, before a participant joins', async () => {
    await using consult = await ConsultRoom.create({
      ...optionsFor(lab, 'main-room'),
      transferId: 'transfer-7',
      emptyTimeoutMs: 90_000,
      departureTimeoutMs: 15_000,
      maxParticipants: 5,
    });
    expect(consult.room).toBeUndefined();
    expect(consult.owned).toBe(true);
    const [room] = await serviceOf(lab).listRooms([consult.name]);
    expect(room).toMatchObject({ emptyTimeout: 90, departureTimeout: 15, maxParticipants: 5, numParticipants: 0 });
    const metadata = readRoomMetadata(room?.metadata ?? '');
    expect(metadata).toMatchObject({ owner: '@org/consult-room', transferId: 'transfer-7', callerRoom: 'main-room' });
    expect(Math.abs(Date.parse(metadata?.createdAt ?? '') - Date.now())).toBeLessThan(5_000);
  });

  it('creates a new room each time', async () => {
    await using first = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    await using second = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    expect(first.name).not.toBe(second.name);
    expect(first.identity).not.toBe(second.identity);
  });

  it('gets no unnamed worker, while every other new room does', async () => {
    // A lab of its own, because such a worker joins the rooms of other tests as well.
    await using own = await startPhoneLab();
    const worker = await own.startWorker(fileURLToPath(new URL('../support/worker-without-name.mjs', import.meta.url)));
    await using consult = await ConsultRoom.open(optionsFor(own, 'main-room'));
    const plain = fresh('plain');
    await serviceOf(own).createRoom({ name: plain });
    const identitiesIn = async (room: string): Promise<string[]> =>
      (await serviceOf(own).listParticipants(room)).map(({ identity }) => identity);
    await until('the worker is in the plain room', async () => (await identitiesIn(plain)).length === 1, 15_000);
    expect(await identitiesIn(consult.name)).toEqual([consult.identity]);
    const dispatches = new AgentDispatchClient(own.url.replace('ws', 'http'), own.apiKey, own.apiSecret);
    expect((await dispatches.listDispatch(consult.name)).map(({ agentName }) => agentName)).not.toContain('');
    await serviceOf(own).deleteRoom(plain);
    await worker.stop();
  }, 60_000);

  it('uses a room that exists already, and does not delete it', async () => {
    const name = fresh('made-before');
    await serviceOf(lab).createRoom({ name, metadata: 'of others' });
    const consult = await ConsultRoom.open({ ...optionsFor(lab, 'main-room'), name });
    expect(consult.owned).toBe(false);
    const { ended, dial } = await ring(lab, consult, '+15550103001');
    await using guest = await joinAs(lab, name, 'recorder');
    expect(await consult.close()).toMatchObject({ clean: true });
    await ended;
    await dial;
    expect(await listed(lab, name)).toBe(true);
    expect(guest.isConnected).toBe(true);
    const left = (await serviceOf(lab).listParticipants(name)).map(({ identity }) => identity);
    expect(left).toEqual(['recorder']);
    await serviceOf(lab).deleteRoom(name);
  });

  it('rejects the consult room of another transfer as in-use, found or created at the same moment', async () => {
    const options = { ...optionsFor(lab, 'main-room'), name: fresh('fixed') };
    await using first = await ConsultRoom.create(options);
    const calls = ['main-room', 'second-room', 'third-room'].map((room) => ({ ...options, callerRoomName: room }));
    await expect(ConsultRoom.open({ ...options, callerRoomName: 'second-room' })).rejects.toMatchObject({
      code: 'in-use',
    });
    expect(await serviceOf(lab).listParticipants(options.name)).toEqual([]);
    expect(await listed(lab, options.name)).toBe(true);
    await first.close();
    const tries = await Promise.allSettled(calls.map((call) => ConsultRoom.create(call)));
    const created = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(created.map((consult) => consult.close()));
    expect(created.map(({ owned }) => owned)).toEqual([true]);
    expect(await listed(lab, options.name)).toBe(false);
  });

  it('reuses the consult room of the same transfer', async () => {
    const options = { ...optionsFor(lab, 'main-room'), name: fresh('same'), transferId: 'transfer-8' };
    await using first = await ConsultRoom.create(options);
    await using second = await ConsultRoom.create(options);
    expect([first.owned, second.owned]).toEqual([true, false]);
  });

  it('deletes a room of a given name that did not exist before', async () => {
    const consult = await ConsultRoom.create({ ...optionsFor(lab, 'main-room'), name: fresh('given') });
    expect(consult.owned).toBe(true);
    await consult.close();
    expect(await listed(lab, consult.name)).toBe(false);
  });

  it('rejects a wrong secret without repeating the token', async () => {
    const wrong = { ...optionsFor(lab, 'main-room'), apiSecret: 'not-the-secret-not-the-secret-not-the-secret' };
    const error: unknown = await ConsultRoom.open(wrong).catch((reason: unknown) => reason);
    expect(ConsultRoomError.isInstance(error) && error.code).toBe('unauthorized');
    expect(everythingIn(error)).not.toMatch(/eyJ|not-the-secret/);
  });

  it('rejects as unreachable when no server answers', async () => {
    const nowhere = { ...optionsFor(lab, 'main-room'), url: 'ws://127.0.0.1:9' };
    await expect(ConsultRoom.open(nowhere)).rejects.toMatchObject({ name: 'ConsultRoomError', code: 'unreachable' });
  });

  it('leaves nothing behind when it is aborted at any moment', async () => {
    for (const afterMs of [0, 1, 3, 10, 30, 60, 120]) {
      const name = fresh('aborted');
      const abort = new AbortController();
      const opening = ConsultRoom.open({ ...optionsFor(lab, 'main-room'), name, signal: abort.signal });
      setTimeout(() => abort.abort(), afterMs);
      await opening.then(
        (consult) => consult.close(),
        (error: unknown) => expect(error).toMatchObject({ code: 'aborted' }),
      );
      await until('the room is gone', async () => !(await listed(lab, name)));
      await pause(100);
      expect(await listed(lab, name)).toBe(false);
    }
  });
});

describe('join', () => {
  it('joins once, however often it is asked, while a phone rings in the room', async () => {
    await using consult = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    const { ended, dial } = await ring(lab, consult, '+15550103002');
    const [first, second] = await Promise.all([consult.join(), consult.join()]);
    expect(first).toBe(second);
    expect(consult.room).toBe(first);
    const participants = await serviceOf(lab).listParticipants(consult.name);
    expect(participants.map(({ identity }) => identity)).toContain(consult.identity);
    await consult.close();
    await ended;
    await dial;
  });

  it('joins as an agent with exactly four rights, in one room', async () => {
    await using consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const [agent] = await serviceOf(lab).listParticipants(consult.name);
    expect(agent?.kind).toBe(4);
    expect(agent?.permission).toMatchObject({ canPublish: true, canSubscribe: true, canUpdateMetadata: true });
    expect(agent?.permission).toMatchObject({ hidden: false, recorder: false });
  });

  it('rejects after close', async () => {
    const consult = await ConsultRoom.create(optionsFor(lab, 'main-room'));
    await consult.close();
    await expect(consult.join()).rejects.toMatchObject({ code: 'closed' });
    await expect(consult.invite({ identity: 'late' })).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('invite', () => {
  it('lets a human agent join by a token for this room only', async () => {
    await using consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const token = await consult.invite({ identity: 'ada', name: 'Ada', ttlMs: 60_000 });
    const claims = await new TokenVerifier(lab.apiKey, lab.apiSecret).verify(token);
    expect(claims).toMatchObject({ sub: 'ada', name: 'Ada' });
    expect(claims.video).toEqual({
      roomJoin: true,
      room: consult.name,
      canPublish: true,
      canPublishData: true,
      canSubscribe: true,
    });
    expect((claims.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(60);
  });

  it('lets a silent supervisor join who cannot be seen', async () => {
    await using consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const token = await consult.invite({ identity: 'boss', hidden: true });
    const claims = await new TokenVerifier(lab.apiKey, lab.apiSecret).verify(token);
    expect(claims.video).toMatchObject({ hidden: true, canPublish: false, canPublishData: false, canSubscribe: true });
  });
});

function setClockBy(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

// Changes the clock of the whole process: nothing else runs meanwhile.
describe.sequential('a clock', () => {
  afterEach(() => vi.useRealTimers());

  it.each([-45_000, 45_000])('that is wrong by %i ms lets a room be opened, joined and closed', async (ms) => {
    setClockBy(ms);
    const consult = await ConsultRoom.open(optionsFor(lab, 'main-room'));
    const guest = new Room();
    const token = await consult.invite({ identity: 'ada' });
    await guest.connect(lab.url, token, { autoSubscribe: true, dynacast: false });
    await guest.disconnect();
    expect(await consult.close()).toMatchObject({ clean: true });
  });

  it('that is wrong by more than a minute is named in the error', async () => {
    setClockBy(120_000);
    const opening = ConsultRoom.open(optionsFor(lab, 'main-room'));
    await expect(opening).rejects.toMatchObject({ code: 'unauthorized', message: expect.stringContaining('clock') });
  });
});

function everythingIn(error: unknown): string {
  const parts: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    parts.push(one.name, one.message, one.stack ?? '', JSON.stringify(one, Object.getOwnPropertyNames(one)));
  }
  return parts.join('\n');
}
