import { describe, expect, it } from 'vitest';
import type { ListedParticipant } from '../../src/api/room-service.ts';
import { sweepConsultRooms, type SweepItem } from '../../src/index.ts';
import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';

/** A service that asks a room's node for the participants, as LiveKit Cloud does: without a room there is no response. */
class NodeRoomService extends InMemoryRoomService {
  override async listParticipants(room: string): Promise<readonly ListedParticipant[]> {
    const participants = await super.listParticipants(room);
    if (participants.length > 0) return participants;
    throw Object.assign(new Error('no response from servers'), { status: 503 });
  }
}

async function heldHuman(): Promise<NodeRoomService> {
  const rooms = new NodeRoomService();
  const createdAt = new Date(Date.now() - 60_000).toISOString();
  const ours = { owner: '@org/consult-room', transferId: 't', callerRoom: 'main-room', agent: 'briefer', createdAt };
  const metadata = JSON.stringify(ours);
  const limits = { emptyTimeout: 60, departureTimeout: 20, maxParticipants: 4 };
  await rooms.createRoom({ name: 'held', metadata, agents: [], ...limits });
  rooms.addParticipant('held', { identity: 'human', kind: 3 });
  return rooms;
}

function sweep(roomService: NodeRoomService): Promise<readonly SweepItem[]> {
  const server = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
  return sweepConsultRooms({ ...server, olderThanMs: 0, graceMs: 50, roomService, sip: new InMemorySipService() });
}

describe('a sweep of a server that does not respond for a room that is gone', () => {
  it('deletes the room of a human agent whose caller room is no longer listed', async () => {
    const rooms = await heldHuman();
    expect(await sweep(rooms)).toEqual([{ kind: 'room', id: 'held', action: 'deleted' }]);
  });

  it('keeps the room when the caller room is listed, since its node may only be late', async () => {
    const rooms = await heldHuman();
    rooms.addParticipant('main-room', { identity: 'caller', kind: 3 });
    await rooms.removeParticipant('main-room', 'caller');
    expect(await sweep(rooms)).toEqual([{ kind: 'room', id: 'held', action: 'kept', reason: 'unknown' }]);
  });

  it('keeps the room when the rooms cannot be listed', async () => {
    const rooms = await heldHuman();
    const listRooms = rooms.listRooms.bind(rooms);
    rooms.listRooms = (names) => (names ? Promise.reject(new Error('broken')) : listRooms());
    expect(await sweep(rooms)).toEqual([{ kind: 'room', id: 'held', action: 'kept', reason: 'unknown' }]);
  });
});
