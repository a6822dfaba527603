import { describe, expect, it } from 'vitest';
import type { ParticipantService } from '../../src/api/participant-service.ts';
import type { ListedParticipant, NewRoom, RoomService } from '../../src/api/room-service.ts';
import { getHttpStatus } from '../../src/api/to-consult-room-error.ts';
import { fresh } from './fixture.ts';

export interface RoomServiceUnderTest {
  readonly service: RoomService & ParticipantService;
  /** Puts a SIP participant into a room; resolves to the function that removes it, if it is still there. */
  readonly join: (room: string, identity: string) => Promise<() => Promise<void>>;
}

function newRoom(name: string, metadata = 'mine'): NewRoom {
  return { name, emptyTimeout: 60, departureTimeout: 20, maxParticipants: 4, metadata, agents: [] };
}

/** A service that asks the participant's node without checking first gets no response if there is none. */
const notThere = { status: expect.toBeOneOf([404, 503]) as number };

/** Checks the behavior on which a consult room relies, of the real room service and of the one in memory alike. */
export function roomServiceContract(what: string, subject: () => RoomServiceUnderTest): void {
  describe(`${what} room service`, () => {
    it('lists a room that was created, by name and among all, until it is deleted', async () => {
      const { service } = subject();
      const name = fresh('contract');
      expect(await service.createRoom(newRoom(name))).toMatchObject({ name, metadata: 'mine' });
      expect(await service.listRooms([name])).toMatchObject([{ name, metadata: 'mine' }]);
      expect((await service.listRooms()).map((room) => room.name)).toContain(name);
      await service.deleteRoom(name);
      expect(await service.listRooms([name])).toEqual([]);
    });

    it('keeps the room that is there when it is created again', async () => {
      const { service } = subject();
      const name = fresh('contract');
      await service.createRoom(newRoom(name));
      expect(await service.createRoom(newRoom(name))).toMatchObject({ name, metadata: 'mine' });
      expect(await service.listRooms([name])).toHaveLength(1);
      await service.deleteRoom(name);
    });

    it('answers 404 to a room that is not there, and 404 or 503 to a participant', async () => {
      const { service } = subject();
      const name = fresh('contract');
      await expect(service.deleteRoom(name)).rejects.toMatchObject({ status: 404 });
      await expect(service.removeParticipant(name, 'nobody')).rejects.toMatchObject(notThere);
      expect(await service.listRooms([name])).toEqual([]);
      expect(await listOf(service, name)).toEqual([]);
    });

    it('lists the participants of a room with their kind, and removes one', async () => {
      const { service, join } = subject();
      const name = fresh('contract');
      await service.createRoom(newRoom(name));
      const takeOut = await join(name, 'phone');
      expect(await service.listParticipants(name)).toMatchObject([{ identity: 'phone', kind: 3 }]);
      await service.removeParticipant(name, 'phone');
      expect(await service.listParticipants(name)).toEqual([]);
      await service.deleteRoom(name);
      await takeOut();
    });

    it('moves a phone to another room, and answers 404 or 503 for one who is not there', async () => {
      const { service, join } = subject();
      const [from, to] = [fresh('contract'), fresh('contract')];
      await service.createRoom(newRoom(from));
      await service.createRoom(newRoom(to));
      await expect(service.moveParticipant(from, 'nobody', to)).rejects.toMatchObject(notThere);
      const takeOut = await join(from, 'phone');
      await service.moveParticipant(from, 'phone', to);
      expect(await listOf(service, from)).toEqual([]);
      expect(await listOf(service, to)).toMatchObject([{ identity: 'phone', kind: 3 }]);
      await expect(service.updateSubscriptions(to, 'phone', [], false)).resolves.toBeUndefined();
      await takeOut();
      for (const name of [from, to]) await service.deleteRoom(name);
    });
  });
}

/** Lists no participants for a room that does not exist, whether the answer is an empty list, 404 or 503. */
async function listOf(service: RoomService, name: string): Promise<readonly ListedParticipant[]> {
  try {
    return await service.listParticipants(name);
  } catch (error) {
    if ([404, 503].includes(getHttpStatus(error) ?? 0)) return [];
    throw error;
  }
}
