import type { ConsultRoomOptions } from '@org/consult-room';
import { InMemoryRoomService } from '@org/consult-room/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConsultRoomAdapter } from '../../src/adapters/consult-room-adapter.js';

function newRoom(
  service: InMemoryRoomService = new InMemoryRoomService(),
  own: Partial<ConsultRoomOptions> = {},
): { readonly room: ConsultRoomAdapter; readonly service: InMemoryRoomService } {
  const room = new ConsultRoomAdapter({
    url: 'ws://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'secret'.repeat(8),
    callerRoomName: 'caller-room',
    transferId: 'transfer-1',
    roomService: service,
    ...own,
  });
  return { room, service };
}

const never = (): AbortSignal => new AbortController().signal;
const created = (service: InMemoryRoomService): number =>
  service.requests.filter((request) => request === 'createRoom').length;

describe('a consult room that is created ahead', () => {
  afterEach(() => void vi.useRealTimers());

  it('is the one that is opened then', async () => {
    const { room, service } = newRoom();
    void room.precreate();
    const [ahead] = await service.listRooms();
    await room.open(never());
    expect(room.name).toBe(ahead?.name);
    expect(created(service)).toBe(1);
    await room.close();
    expect(await service.listRooms()).toEqual([]);
  });

  it('is deleted when it is never opened, also while it is being created', async () => {
    const { room, service } = newRoom();
    void room.precreate();
    await room.close();
    expect(created(service)).toBe(1);
    expect(await service.listRooms()).toEqual([]);
  });

  it('reports a failure to the caller of open(), and leaves nothing to close', async () => {
    const { room, service } = newRoom();
    service.failNext('createRoom', new Error('no room today'));
    void room.precreate();
    await expect(room.open(never())).rejects.toThrow('no room today');
    await room.close();
    expect(await service.listRooms()).toEqual([]);
  });

  it('delays no caller who gives up, before and while it is opened', async () => {
    const { room, service } = newRoom();
    service.failNext('createRoom', 'hang');
    void room.precreate();
    const stop = new AbortController();
    const opening = room.open(stop.signal);
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });

    const late = newRoom();
    late.service.failNext('createRoom', 'hang');
    void late.room.precreate();
    await expect(late.room.open(stop.signal)).rejects.toMatchObject({ code: 'aborted' });
  });

  // An empty room is deleted by the server after two minutes, and a phone is never called into a room that is not there.
  it('is replaced when it has waited for over a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { room, service } = newRoom();
    void room.precreate();
    const [ahead] = await service.listRooms();
    vi.advanceTimersByTime(60_001);
    await room.open(never());
    expect(room.name).not.toBe(ahead?.name);
    expect(await service.listRooms()).toHaveLength(1);
    await room.close();
    expect(await service.listRooms()).toEqual([]);
  });
});

describe('a stale consult room that cannot be closed', () => {
  afterEach(() => void vi.useRealTimers());

  it('does not fail the transfer, and is reported at the end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { room, service } = newRoom(undefined, { closeTimeoutMs: 50, closeRetryMs: 5 });
    void room.precreate();
    const [ahead] = await service.listRooms();
    vi.advanceTimersByTime(60_001);
    const deleteRoom = service.deleteRoom.bind(service);
    service.deleteRoom = (name) => (name === ahead?.name ? Promise.reject(new Error('no')) : deleteRoom(name));
    await room.open(never());
    expect(room.name).not.toBe(ahead?.name);
    await expect(room.close()).rejects.toMatchObject({ errors: [{ code: 'server' }] });
    expect(await service.listRooms()).toEqual([ahead]);
  });
});

describe('a consult room with a fixed name', () => {
  it('rejects a second transfer, which leaves the room of the first one alone', async () => {
    const { room: first, service } = newRoom(undefined, { name: 'consult' });
    await first.open(never());
    const { room: second } = newRoom(service, { name: 'consult', transferId: 'transfer-2' });
    await expect(second.open(never())).rejects.toMatchObject({ code: 'in-use' });
    await second.close();
    expect(await service.listRooms()).toHaveLength(1);
    await first.close();
    expect(await service.listRooms()).toEqual([]);
  });
});

it('every attempt has an identity of its own', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newRoom().room.humanIdentity)).size).toBe(1000);
});
