import { RoomAgentDispatch } from 'livekit-server-sdk';
import type { ListedRoom, NewRoom, RoomService } from '../api/room-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { raceSignal } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import { ConsultRoomError } from '../consult-room-error.js';
import type { ParsedConsultRoomOptions } from '../options/consult-room-options.js';
import { type ConsultRoomMetadata, consultRoomOwner, readRoomMetadata } from './room-metadata.js';

const operation = 'create the consult room';

/**
 * A name that no agent worker has. The server dispatches every unnamed worker to a room without a dispatch; a dispatch
 * to this name keeps all of them out.
 */
const noAgentName = 'consult-room/nobody';

/** Pauses before each search for a room that a failed request may have created, in milliseconds. */
const undoAfterMs = [0, 1_000, 3_000];

/**
 * Creates the room, or reuses the one that exists under a given name. Resolves to whether this call created it.
 *
 * @throws ConsultRoomError `in-use` for the consult room of another transfer: both human agents would hear both
 * briefings
 */
export async function createOrReuseRoom(
  service: RoomService,
  name: string,
  options: ParsedConsultRoomOptions,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const room = newRoom(name, options);
  try {
    if (options.name !== undefined) {
      const found = await raceSignal(service.listRooms([name]), signal, operation);
      const existing = found.find((one) => one.name === name);
      if (existing) return useExisting(existing, options);
    }
    const creating = service.createRoom(room);
    const created = await raceSignal(creating, signal, operation).catch((error: unknown) => {
      void undo(creating, service, room);
      throw error;
    });
    // If another request was faster, the server returns the room that exists.
    return created.metadata === room.metadata || useExisting(created, options);
  } catch (error) {
    throw toConsultRoomError(error, operation);
  }
}

/** Returns false: this room was not created here, and is not deleted. */
function useExisting(existing: ListedRoom, { transferId }: ParsedConsultRoomOptions): false {
  const ours = readRoomMetadata(existing.metadata);
  if (ours && ours.transferId !== transferId) {
    throw new ConsultRoomError(
      'in-use',
      `${operation}: the room of this name is the consult room of another transfer; option "name" must differ for each`,
    );
  }
  return false;
}

/**
 * Deletes a room that an abandoned request, or one whose answer was lost, has created or still creates. If this fails
 * as well, the room ends by its own empty timeout, since its name was given to no participant. Never rejects.
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
      if (getHttpStatus(error) === 404) return;
      // The next search tries again.
    }
  }
}

function newRoom(name: string, options: ParsedConsultRoomOptions): NewRoom {
  const metadata: ConsultRoomMetadata = {
    owner: consultRoomOwner,
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
    agents: [new RoomAgentDispatch({ agentName: noAgentName })],
  };
}
