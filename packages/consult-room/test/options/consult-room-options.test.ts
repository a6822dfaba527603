import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { ConsultRoom, ConsultRoomError, type ConsultRoomOptions, createMerge } from '../../src/index.ts';
import { InMemoryRoomService } from '../../src/testing.ts';

const good: ConsultRoomOptions = {
  url: 'wss://example.test',
  apiKey: 'key',
  apiSecret: 'secret',
  callerRoomName: 'main-room',
  roomService: new InMemoryRoomService(),
};

describe('the options of a consult room', () => {
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
    ['a timeout that is not a number', { requestTimeoutMs: Number.NaN }, /`requestTimeoutMs`/],
    ['an infinite timeout', { closeTimeoutMs: Number.POSITIVE_INFINITY }, /`closeTimeoutMs`/],
    ['a negative timeout', { joinTimeoutMs: -1 }, /`joinTimeoutMs`/],
  ])('are rejected with the name of the option: %s', async (_what, bad, message) => {
    const error: unknown = await ConsultRoom.create({ ...good, ...bad }).catch((reason: unknown) => reason);
    expect(ConsultRoomError.isInstance(error) && error.code).toBe('invalid-option');
    expect(String(error)).toMatch(message);
  });

  it('may be undefined where there is a default', async () => {
    const consult = await ConsultRoom.create({ ...good, name: undefined, maxParticipants: undefined });
    expect(await consult.close()).toMatchObject({ clean: true });
  });

  it('are rejected when those of a guest contradict each other', async () => {
    await using consult = await ConsultRoom.create(good);
    await expect(consult.invite({ identity: '' })).rejects.toThrow(/`identity`/);
    await expect(consult.invite({ identity: 'x', ttlMs: 10 })).rejects.toThrow(/`ttlMs`/);
    await expect(consult.invite({ identity: 'x', hidden: true, canPublish: true })).rejects.toThrow(/`canPublish`/);
  });
});

describe('the options of a bridge', () => {
  it('are rejected with the name of the option', () => {
    const rooms = { callerRoom: new Room(), consultRoom: new Room() };
    const participants = { callerIdentity: 'caller', humanIdentity: 'human' };
    expect(() => createMerge({ ...rooms, ...participants, callerIdentity: '' })).toThrow(/`callerIdentity`/);
    expect(() => createMerge({ ...rooms, ...participants, humanIdentity: '' })).toThrow(/`humanIdentity`/);
    expect(() => createMerge({ ...rooms, ...participants, verifyTimeoutMs: 0 })).toThrow(/`verifyTimeoutMs`/);
  });

  it('fail the merge, and reject publishTracks(), for a room that is not connected', async () => {
    const bridge = createMerge({
      callerRoom: new Room(),
      consultRoom: new Room(),
      callerIdentity: 'caller',
      humanIdentity: 'human',
    });
    await expect(bridge.publishTracks()).rejects.toMatchObject({ code: 'media' });
    expect(await bridge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'media' } });
    await bridge.close();
  });
});
