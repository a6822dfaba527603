import { describe, expect, it } from 'vitest';
import { ConsultRoom, ConsultRoomError, createMerge } from '../../src/index.ts';
import type { ConsultRoomOptions } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';
import { Room } from '@livekit/rtc-node';

const good: ConsultRoomOptions = {
  url: 'wss://example.test',
  apiKey: 'key',
  apiSecret: 'secret',
  callerRoomName: 'main-room',
  roomService: new InMemoryRoomService(),
};

describe('options of a consult room', () => {
  it.each<[string, Partial<ConsultRoomOptions>, RegExp]>([
    ['an empty url', { url: '' }, /`url` must be a URL that begins with/],
    ['a url of another protocol', { url: 'ftp://example.test' }, /`url` must be a URL that begins with/],
    ['an empty key', { apiKey: '' }, /`apiKey`/],
    ['an empty secret', { apiSecret: ' ' }, /`apiSecret`/],
    ['no caller room', { callerRoomName: '' }, /`callerRoomName`/],
    ['an empty name', { name: '' }, /`name`/],
    ["the caller's room", { name: 'main-room' }, /`name` must not be the room the caller is in/],
    ['an empty identity', { identity: '' }, /`identity`/],
    ['half a second', { emptyTimeoutMs: 1_500 }, /`emptyTimeoutMs` must be whole seconds/],
    ['seconds in place of milliseconds', { departureTimeoutMs: 20 }, /`departureTimeoutMs` .* at least 1000/],
    ['a room for one', { maxParticipants: 1 }, /`maxParticipants` .* from 2 to/],
    ['no time to live', { tokenTtlMs: 0 }, /`tokenTtlMs`/],
    ['a limit that is no number', { requestTimeoutMs: Number.NaN }, /`requestTimeoutMs`/],
    ['an endless limit', { closeTimeoutMs: Number.POSITIVE_INFINITY }, /`closeTimeoutMs`/],
    ['a negative limit', { joinTimeoutMs: -1 }, /`joinTimeoutMs`/],
  ])('are refused with the option named: %s', async (_what, bad, message) => {
    const error: unknown = await ConsultRoom.create({ ...good, ...bad }).catch((reason: unknown) => reason);
    expect(ConsultRoomError.isInstance(error) && error.code).toBe('invalid-option');
    expect(String(error)).toMatch(message);
  });

  it('may be undefined where there is a default', async () => {
    const consult = await ConsultRoom.create({ ...good, name: undefined, maxParticipants: undefined });
    expect(await consult.close()).toMatchObject({ clean: true });
  });

  it('of a guest are refused when they contradict each other', async () => {
    await using consult = await ConsultRoom.create(good);
    await expect(consult.invite({ identity: '' })).rejects.toThrow(/`identity`/);
    await expect(consult.invite({ identity: 'x', ttlMs: 10 })).rejects.toThrow(/`ttlMs`/);
    await expect(consult.invite({ identity: 'x', hidden: true, canPublish: true })).rejects.toThrow(/`canPublish`/);
  });
});

describe('options of a bridge', () => {
  it('are refused with the option named', () => {
    const rooms = { callerRoom: new Room(), consultRoom: new Room() };
    const people = { callerIdentity: 'caller', humanIdentity: 'human' };
    expect(() => createMerge({ ...rooms, ...people, callerIdentity: '' })).toThrow(/`callerIdentity`/);
    expect(() => createMerge({ ...rooms, ...people, humanIdentity: '' })).toThrow(/`humanIdentity`/);
    expect(() => createMerge({ ...rooms, ...people, proofTimeoutMs: 0 })).toThrow(/`proofTimeoutMs`/);
  });

  it('with a room that is not connected fail the merge, and reject the preparation', async () => {
    const bridge = createMerge({
      callerRoom: new Room(),
      consultRoom: new Room(),
      callerIdentity: 'caller',
      humanIdentity: 'human',
    });
    await expect(bridge.prepare()).rejects.toMatchObject({ code: 'media' });
    expect(await bridge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'media' } });
    await bridge.close();
  });
});
