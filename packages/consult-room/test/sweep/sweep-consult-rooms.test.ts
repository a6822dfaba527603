import { beforeEach, describe, expect, it } from 'vitest';
import { sweepConsultRooms, type SweepItem, type SweepOptions } from '../../src/index.ts';
import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';

const hourMs = 3_600_000;
let rooms: InMemoryRoomService;
let sip: InMemorySipService;
beforeEach(() => {
  rooms = new InMemoryRoomService();
  sip = new InMemorySipService();
});

function sweep(options: Partial<SweepOptions> = {}): Promise<readonly SweepItem[]> {
  const server = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
  return sweepConsultRooms({ ...server, olderThanMs: hourMs, graceMs: 60, roomService: rooms, sip, ...options });
}

async function makeRoom(name: string, ageMs = 2 * hourMs, more: object = {}): Promise<void> {
  const createdAt = new Date(Date.now() - ageMs).toISOString();
  const ours = { owner: '@org/consult-room', transferId: 't', callerRoom: 'main-room', agent: 'briefer', createdAt };
  const metadata = JSON.stringify({ ...ours, ...more });
  await rooms.createRoom({ name, metadata, emptyTimeout: 60, departureTimeout: 20, maxParticipants: 4, agents: [] });
}

async function roomsLeft(): Promise<string[]> {
  return (await rooms.listRooms()).map(({ name }) => name);
}

const human = { identity: 'human', kind: 3 };

describe('a sweep of rooms', () => {
  it('deletes a room that holds a human agent without an agent', async () => {
    await makeRoom('held');
    rooms.addParticipant('held', human);
    expect(await sweep()).toEqual([{ kind: 'room', id: 'held', action: 'deleted' }]);
    expect(await roomsLeft()).toEqual([]);
  });

  it.each<[string, string, () => void]>([
    ['its agent', 'agent', () => rooms.addParticipant('held', { identity: 'briefer', kind: 0 })],
    ['an agent of another identity', 'agent', () => rooms.addParticipant('held', { identity: 'other', kind: 4 })],
    ['its caller', 'caller', () => rooms.addParticipant('main-room', { identity: 'caller', kind: 3 })],
    ['a caller in a browser', 'caller', () => rooms.addParticipant('main-room', { identity: 'web', kind: 0 })],
  ])('keeps a room when %s is present', async (_who, reason, arrive) => {
    await makeRoom('held');
    rooms.addParticipant('held', human);
    arrive();
    expect(await sweep()).toEqual([{ kind: 'room', id: 'held', action: 'kept', reason }]);
    expect(await roomsLeft()).toContain('held');
  });

  it('does not count recorders in the caller room as a caller', async () => {
    await makeRoom('held');
    rooms.addParticipant('main-room', { identity: 'recorder', kind: 2 });
    rooms.addParticipant('main-room', { identity: 'ai', kind: 4 });
    expect(await sweep()).toMatchObject([{ id: 'held', action: 'deleted' }]);
    expect(await roomsLeft()).toEqual(['main-room']);
  });

  it('keeps a room whose agent comes back within the grace time', async () => {
    await makeRoom('held');
    const sweeping = sweep({ graceMs: 300 });
    setTimeout(() => rooms.addParticipant('held', { identity: 'briefer', kind: 4 }), 100);
    expect(await sweeping).toEqual([{ kind: 'room', id: 'held', action: 'kept', reason: 'agent' }]);
    expect(await roomsLeft()).toContain('held');
  });

  it('checks throughout the grace time before it deletes', async () => {
    await makeRoom('held');
    const startedAt = performance.now();
    await sweep({ graceMs: 200 });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190);
    expect(rooms.requests.filter((request) => request === 'listParticipants').length).toBeGreaterThan(10);
  });

  it('keeps young rooms, rooms of other programs, and rooms of unknown state', async () => {
    await makeRoom('young', 1_000);
    await makeRoom('of others', 2 * hourMs, { owner: 'somebody' });
    await makeRoom('without a time', 2 * hourMs, { createdAt: 'long ago' });
    await makeRoom('unknown');
    rooms.failNext('listParticipants', new Error('broken'));
    expect(await sweep()).toEqual([
      { kind: 'room', id: 'young', action: 'kept', reason: 'young' },
      { kind: 'room', id: 'unknown', action: 'kept', reason: 'unknown' },
    ]);
    expect(await roomsLeft()).toHaveLength(4);
  });

  it('keeps a room of the same name that was created again meanwhile', async () => {
    await makeRoom('held');
    const sweeping = sweep({ graceMs: 200 });
    setTimeout(() => {
      void rooms.deleteRoom('held').then(() => makeRoom('held', 0));
    }, 50);
    expect(await sweeping).toEqual([]);
    expect(await roomsLeft()).toContain('held');
  });

  it('retries failed requests, and reports what it could not delete', async () => {
    await makeRoom('held');
    rooms.failNext('deleteRoom', new Error('broken'));
    expect(await sweep()).toMatchObject([{ id: 'held', action: 'deleted' }]);
  });

  it('only reports in a dry run', async () => {
    await makeRoom('held');
    expect(await sweep({ dryRun: true })).toEqual([{ kind: 'room', id: 'held', action: 'would-delete' }]);
    expect(await roomsLeft()).toEqual(['held']);
  });

  it('ends when its signal aborts, and deletes nothing more', async () => {
    await makeRoom('held');
    const abort = new AbortController();
    const sweeping = sweep({ graceMs: 10_000, signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(sweeping).rejects.toMatchObject({ code: 'aborted' });
    expect(await roomsLeft()).toEqual(['held']);
    await expect(sweep({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('rejects when the server rejects the request, and when an option is invalid', async () => {
    rooms.failNext('listRooms', Object.assign(new Error('unauthorized'), { status: 401 }));
    await expect(sweep()).rejects.toMatchObject({ code: 'unauthorized' });
    rooms.failNext('listRooms', 'hang');
    await expect(sweep({ requestTimeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    await expect(sweep({ olderThanMs: -1 })).rejects.toThrow(/`olderThanMs`/);
    await expect(sweep({ graceMs: Number.NaN })).rejects.toThrow(/`graceMs`/);
  });
});

async function createNumber(ageMs: number): Promise<void> {
  const name = `@org/consult-room one-time number ${new Date(Date.now() - ageMs).toISOString()}`;
  const { sipTrunkId } = await sip.createSipInboundTrunk(name, ['1'], { metadata: '' });
  await sip.createSipDispatchRule({ roomName: 'main-room' }, { name, trunkIds: [sipTrunkId] });
}

describe('a sweep of one-time numbers', () => {
  it('deletes the old ones of this package, number and rule, and no others', async () => {
    await createNumber(2 * hourMs);
    await createNumber(1_000);
    await sip.createSipInboundTrunk('support line', ['+15550300'], { metadata: '' });
    await sip.createSipDispatchRule({ roomName: 'support' }, { name: 'support', trunkIds: [] });
    expect(await sweep()).toEqual([
      { kind: 'rule', id: 'SDR_2', action: 'deleted' },
      { kind: 'number', id: 'ST_1', action: 'deleted' },
    ]);
    expect(await sip.listSipInboundTrunk()).toHaveLength(2);
    expect(await sip.listSipDispatchRule()).toHaveLength(2);
  });

  it('reports failures, and needs no SIP on the server', async () => {
    await createNumber(2 * hourMs);
    sip.failNext('deleteSipTrunk', new Error('broken'));
    expect(await sweep()).toMatchObject([
      { kind: 'rule', action: 'deleted' },
      { kind: 'number', action: 'failed', error: { code: 'server' } },
    ]);
    sip.failNext(
      'listSipDispatchRule',
      Object.assign(new Error('sip not connected (redis required)'), { status: 500 }),
    );
    expect(await sweep()).toEqual([]);
  });
});
