import { Room } from '@livekit/rtc-node';
import { allowing, misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, it } from 'vitest';
import {
  ConsultRoom,
  ConsultRoomError,
  createMerge,
  sweepConsultRooms,
  validateMergeSettings,
} from '../../src/index.ts';
import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';

const { nothing, text, string, flag, callback, list } = allowing;
const isRefusal = (error: unknown): boolean => ConsultRoomError.isInstance(error) && error.code === 'invalid-option';
const server = { url: 'wss://example.test', apiKey: 'key', apiSecret: 'secret' };

const roomService = new InMemoryRoomService();
const consult = await ConsultRoom.create({ ...server, callerRoomName: 'main', roomService });

const mergeSettings = (): object => ({
  server: { ...server },
  participants: new InMemoryRoomService(),
  sip: new InMemorySipService(),
  rejoin: { gateway: 'sip:gateway.example.test' },
});
const rooms = { callerRoom: new Room(), callerIdentity: 'caller', consultRoom: new Room(), humanIdentity: 'human' };
const ofMerge = {
  strategy: nothing,
  supportsMove: flag,
  server: nothing,
  'server.url': nothing,
  'server.apiKey': text,
  'server.apiSecret': text,
  promote: nothing,
  rejoin: nothing,
  'rejoin.gateway': nothing,
  'rejoin.allowedAddresses': list,
  'rejoin.hidePhoneNumber': flag,
  'rejoin.timeoutMs': nothing,
  'rejoin.requestTimeoutMs': nothing,
  moveTimeoutMs: nothing,
  verifyTimeoutMs: nothing,
  closeTimeoutMs: nothing,
  onWarning: callback,
  participants: nothing,
  sip: nothing,
};
const merge = createMerge({ ...rooms, strategy: 'bridge' });

/** The rooms of this merge are not connected, so that nothing can be published. */
function unlessNotConnected(error: unknown): string {
  if (ConsultRoomError.isInstance(error) && error.code === 'media') return 'not connected';
  throw error;
}

const subjects: Readonly<Record<string, [OptionSubject, Readonly<Record<string, readonly string[]>>]>> = {
  'ConsultRoom.create()': [
    {
      take: (options) => ConsultRoom.create(options as never),
      right: () => ({ ...server, callerRoomName: 'main', roomService: new InMemoryRoomService() }),
      isRefusal,
    },
    {
      url: nothing,
      apiKey: text,
      apiSecret: text,
      callerRoomName: text,
      name: text,
      transferId: text,
      identity: text,
      kind: nothing,
      emptyTimeoutMs: nothing,
      departureTimeoutMs: nothing,
      maxParticipants: nothing,
      tokenTtlMs: nothing,
      requestTimeoutMs: nothing,
      joinTimeoutMs: nothing,
      closeTimeoutMs: nothing,
      closeRetryMs: nothing,
      roomService: nothing,
      signal: nothing,
    },
  ],
  'invite()': [
    { take: (options) => consult.invite(options as never), right: () => ({ identity: 'guest' }), isRefusal },
    { identity: text, name: string, ttlMs: nothing, canPublish: flag, hidden: flag },
  ],
  'createMerge()': [
    {
      take: (options) => createMerge(options as never),
      right: () => ({ ...rooms, ...mergeSettings() }),
      isRefusal,
    },
    { ...ofMerge, callerRoom: nothing, callerIdentity: text, consultRoom: nothing, humanIdentity: text },
  ],
  'validateMergeSettings()': [
    {
      take: (options) => {
        validateMergeSettings(options);
        return 'checked';
      },
      right: mergeSettings,
      isRefusal,
    },
    ofMerge,
  ],
  'merge()': [
    { take: (options) => merge.merge(options), right: () => ({ withholdMs: 0 }), isRefusal },
    { withholdMs: ['0'], signal: nothing },
  ],
  'publishTracks()': [
    { take: (options) => merge.publishTracks(options).catch(unlessNotConnected), right: () => ({}), isRefusal },
    { signal: nothing },
  ],
  'sweepConsultRooms()': [
    {
      take: (options) => sweepConsultRooms(options as never),
      right: () => ({
        ...server,
        olderThanMs: 1,
        graceMs: 0,
        roomService: new InMemoryRoomService(),
        sip: new InMemorySipService(),
      }),
      isRefusal,
    },
    {
      url: nothing,
      apiKey: text,
      apiSecret: text,
      olderThanMs: ['0'],
      graceMs: ['0'],
      dryRun: flag,
      requestTimeoutMs: nothing,
      signal: nothing,
      roomService: nothing,
      sip: nothing,
    },
  ],
};

describe.each(Object.entries(subjects))('%s', (_name, [subject, options]) => {
  it('accepts the options that this test changes one by one', async () => {
    await expect(Promise.resolve(subject.take(subject.right()))).resolves.toBeDefined();
  });

  it.each(Object.entries(options))(
    'rejects by its name every value that %s does not allow',
    async (option, allowed) => {
      expect(await misuse(subject, option, allowed)).toEqual([]);
    },
  );
});
