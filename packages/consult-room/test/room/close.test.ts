import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConsultRoom, type ConsultRoomOptions } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';

let service: InMemoryRoomService;
beforeEach(() => {
  service = new InMemoryRoomService();
});

function options(more: Partial<ConsultRoomOptions> = {}): ConsultRoomOptions {
  return {
    url: 'ws://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'a secret of enough characters to sign',
    callerRoomName: 'main-room',
    roomService: service,
    closeRetryMs: 5,
    closeTimeoutMs: 400,
    ...more,
  };
}

const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

describe('close with faults', () => {
  it.each(['deleteRoom', 'listRooms'] as const)('retries when %s fails, and is clean in the end', async (method) => {
    const consult = await ConsultRoom.create(options());
    service.failNext(method, broken());
    service.failNext(method, broken());
    expect(await consult.close()).toMatchObject({ clean: true, problems: [] });
    expect(await service.listRooms()).toEqual([]);
  });

  it('removes the phones from a room that it cannot delete, and reports the room', async () => {
    const consult = await ConsultRoom.create(options({ closeTimeoutMs: 60 }));
    service.addParticipant(consult.name, { identity: 'phone', kind: 3 });
    for (let times = 0; times < 100; times += 1) service.failNext('deleteRoom', broken());
    const report = await consult.close();
    expect(report.clean).toBe(false);
    expect(report.problems).toMatchObject([{ step: 'delete', error: { name: 'ConsultRoomError', code: 'server' } }]);
    expect(await service.listParticipants(consult.name)).toEqual([]);
  });

  it('keeps its timeout when the server never answers', async () => {
    const consult = await ConsultRoom.create(options({ closeTimeoutMs: 100 }));
    service.failNext('deleteRoom', 'hang');
    const report = await consult.close();
    expect(report.clean).toBe(false);
    expect(report.problems[0]).toMatchObject({ step: 'delete', error: { code: 'timeout' } });
    expect(report.tookMs).toBeLessThan(500);
  });

  it.each(['hang', 'fail'] as const)(
    'retries in the background while all requests %s, with growing pauses, and sends nothing once the room is gone',
    async (how) => {
      vi.useFakeTimers();
      try {
        const consult = await ConsultRoom.create(options());
        service.addParticipant(consult.name, { identity: 'phone', kind: 3 });
        const stop = service.failAll(how === 'hang' ? 'hang' : broken());
        const closing = consult.close();
        await vi.advanceTimersByTimeAsync(1_000);
        expect((await closing).clean).toBe(false);
        await vi.advanceTimersByTimeAsync(60_000);
        const tries = service.requests.filter((method) => method === 'deleteRoom').length;
        stop();
        await vi.advanceTimersByTimeAsync(31_000 + 10_000);
        expect(await service.listRooms()).toEqual([]);
        const sent = service.requests.length;
        await vi.advanceTimersByTimeAsync(600_000);
        expect(service.requests).toHaveLength(sent);
        // In one minute: after 1, 3, 7, 15 and 31 s, or later when requests hang.
        expect(tries).toBeGreaterThanOrEqual(how === 'hang' ? 4 : 6);
        expect(tries).toBeLessThan(20);
      } finally {
        vi.useRealTimers();
      }
    },
  );

  it('stops retrying after ten minutes', async () => {
    vi.useFakeTimers();
    try {
      const consult = await ConsultRoom.create(options());
      service.failAll(broken());
      const closing = consult.close();
      await vi.advanceTimersByTimeAsync(700_000);
      expect((await closing).clean).toBe(false);
      const sent = service.requests.length;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(service.requests).toHaveLength(sent);
    } finally {
      vi.useRealTimers();
    }
  });

  it('deletes no room of a given name in the background, since another transfer may use it by then', async () => {
    vi.useFakeTimers();
    try {
      const consult = await ConsultRoom.create(options({ name: 'fixed' }));
      await consult.invite({ identity: 'ada' });
      const stop = service.failAll(broken());
      const closing = consult.close();
      await vi.advanceTimersByTimeAsync(1_000);
      expect((await closing).clean).toBe(false);
      stop();
      service.addParticipant('fixed', { identity: 'phone-of-the-next', kind: 3 });
      service.addParticipant('fixed', { identity: 'ada', kind: 0 });
      await vi.advanceTimersByTimeAsync(40_000);
      expect(await service.listParticipants('fixed')).toMatchObject([{ identity: 'phone-of-the-next' }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is clean when the room has ended by itself', async () => {
    const consult = await ConsultRoom.create(options());
    await service.deleteRoom(consult.name);
    expect(await consult.close()).toMatchObject({ clean: true });
  });

  it('removes only phones and its own guests from a room that it did not create', async () => {
    service.addParticipant('theirs', { identity: 'recorder', kind: 2 });
    const consult = await ConsultRoom.create(options({ name: 'theirs', closeTimeoutMs: 10_000 }));
    await consult.invite({ identity: 'ada' });
    service.addParticipant('theirs', { identity: 'phone', kind: 3 });
    service.addParticipant('theirs', { identity: 'ada', kind: 0 });
    service.addParticipant('theirs', { identity: 'somebody', kind: 0 });
    service.failNext('removeParticipant', broken());
    service.failNext('listParticipants', broken());
    expect(await consult.close()).toMatchObject({ clean: true });
    const left = (await service.listParticipants('theirs')).map(({ identity }) => identity);
    expect(left).toEqual(['recorder', 'somebody']);
    expect(service.requests).not.toContain('deleteRoom');
  });

  it('sends no request after the first close', async () => {
    const consult = await ConsultRoom.create(options());
    await consult.close();
    const sent = service.requests.length;
    await consult.close();
    await consult[Symbol.asyncDispose]();
    expect(service.requests).toHaveLength(sent);
  });
});

describe('create with faults', () => {
  it('rejects when the room cannot be created', async () => {
    service.failNext('createRoom', broken());
    await expect(ConsultRoom.create(options())).rejects.toMatchObject({ code: 'server' });
  });

  it('leaves no room behind when the join fails', async () => {
    await expect(ConsultRoom.open(options({ joinTimeoutMs: 2_000 }))).rejects.toMatchObject({
      name: 'ConsultRoomError',
    });
    expect(await service.listRooms()).toEqual([]);
  });

  it('deletes a room that was created although the answer was lost', async () => {
    const lossy = new InMemoryRoomService();
    lossy.createRoom = async (room) => {
      await InMemoryRoomService.prototype.createRoom.call(lossy, room);
      throw new TypeError('fetch failed');
    };
    const created = ConsultRoom.create(options({ roomService: lossy }));
    await expect(created).rejects.toMatchObject({ code: 'unreachable' });
    await expect.poll(() => lossy.listRooms()).toEqual([]);
  });

  it('neither owns nor deletes a room of the given name that another program created meanwhile', async () => {
    const crowded = new InMemoryRoomService();
    crowded.addParticipant('theirs', { identity: 'somebody', kind: 0 });
    crowded.listRooms = () => Promise.resolve([]);
    const consult = await ConsultRoom.create(options({ name: 'theirs', roomService: crowded }));
    expect(consult.owned).toBe(false);
    await consult.close();
    expect(crowded.requests).not.toContain('deleteRoom');
  });

  it('deletes a room that appears after its creation was abandoned', async () => {
    const slow = new InMemoryRoomService();
    let release: (() => void) | undefined;
    const late: typeof slow.createRoom = async (room) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return InMemoryRoomService.prototype.createRoom.call(slow, room);
    };
    slow.createRoom = late;
    const abort = new AbortController();
    const creating = ConsultRoom.create({ ...options({ roomService: slow }), signal: abort.signal });
    await Promise.resolve();
    abort.abort(new Error('the caller hung up'));
    await expect(creating).rejects.toMatchObject({ code: 'aborted', cause: { message: 'the caller hung up' } });
    release?.();
    await expect.poll(() => slow.requests).toEqual(['createRoom', 'deleteRoom']);
    expect(await slow.listRooms()).toEqual([]);
  });
});
