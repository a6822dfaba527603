import { RoomAgentDispatch } from 'livekit-server-sdk';
import { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { raceSignal } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import type { ResolvedConsultRoomOptions } from '../options/consult-room-options.js';
import { readRoomMetadata, roomOwner } from './room-metadata.js';
import type { ConsultRoomMetadata } from './room-metadata.js';
import type { ListedRoom, NewRoom, RoomService } from '../api/room-service.js';

const doing = 'create the consult room';

/**
 * A room without any dispatch gets one for every agent worker that has no name. A dispatch for a name that no worker
 * has keeps all of them out.
 */
const nobodyAgentName = 'consult-room/nobody';

/** Pauses before each look for a room that a failed request may have created, in milliseconds. */
const undoAfterMs = [0, 1_000, 3_000];

/**
 * Creates the room, or finds the one that exists under a given name. Resolves to whether this call created it.
 *
 * @throws ConsultRoomError `in-use` for the consult room of another transfer: its human agent and this one would hear
 * each other's briefing.
 */
export async function obtainRoom(
  service: RoomService,
  name: string,
  options: ResolvedConsultRoomOptions,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const room = newRoom(name, options);
  try {
    if (options.name !== undefined) {
      const found = await raceSignal(service.listRooms([name]), signal, doing);
      const existing = found.find((one) => one.name === name);
      if (existing) return useExisting(existing, options);
    }
    const creating = service.createRoom(room);
    const created = await raceSignal(creating, signal, doing).catch((error: unknown) => {
      void undo(creating, service, room);
      throw error;
    });
    // If another request was faster, the server returns the room that exists.
    return created.metadata === room.metadata || useExisting(created, options);
  } catch (error) {
    throw toConsultRoomError(error, doing);
  }
}

/** False: such a room was not created here, and is not deleted. */
function useExisting(existing: ListedRoom, { transferId }: ResolvedConsultRoomOptions): false {
  const ours = readRoomMetadata(existing.metadata);
  if (ours && ours.transferId !== transferId) {
    throw new ConsultRoomError(
      'in-use',
      `${doing}: the room of this name is the consult room of another transfer; option "name" must differ for each`,
    );
  }
  return false;
}

/**
 * A request that was given up, or whose answer was lost, may have created the room, or still do so. If this fails as
 * well, the room ends by its own empty timeout, since nobody has been told its name. Never rejects.
 */
async function undo(creating: Promise<ListedRoom>, service: RoomService, room: NewRoom): Promise<void> {
  const isOurs = (one: ListedRoom): boolean => one.name === room.name && one.metadata === room.metadata;
  for (const afterMs of undoAfterMs) {
    await sleep(afterMs);
    try {
      const listed = await creating.then((created) => [created]).catch(() => service.listRooms([room.name]));
      if (!listed.some(isOurs)) continue;
      await service.deleteRoom(room.name);
      return;
    } catch (error) {
      if (httpStatusOf(error) === 404) return;
      // The next look tries again.
    }
  }
}

function newRoom(name: string, options: ResolvedConsultRoomOptions): NewRoom {
  const metadata: ConsultRoomMetadata = {
    owner: roomOwner,
    transferId: options.transferId,
    callerRoom: options.callerRoomName,
    agent: options.identity,
    createdAt: new Date().toISOString(),
  };
  return {
    name,
    emptyTimeout: options.emptyTimeoutMs / 1000,
    departureTimeout: options.departureTimeoutMs / 1000,
    maxParticipants: options.maxParticipants,
    metadata: JSON.stringify(metadata),
    agents: [new RoomAgentDispatch({ agentName: nobodyAgentName })],
  };
}
