import { RoomAgentDispatch } from 'livekit-server-sdk';
import { toConsultRoomError } from '../errors/to-consult-room-error.js';
import { raceSignal } from '../support/race-signal.js';
import type { ResolvedConsultRoomOptions } from './consult-room-options.js';
import { roomOwner } from './room-metadata.js';
import type { ConsultRoomMetadata } from './room-metadata.js';
import type { NewRoom, RoomService } from './room-service.js';

const doing = 'create the consult room';

/**
 * A room without any dispatch gets one for every agent worker that has no name. A dispatch for a name that no worker
 * has keeps all of them out.
 */
const nobodyAgentName = 'consult-room/nobody';

/** Creates the room, or finds the one that is there under a given name. Resolves to whether it is ours. */
export async function obtainRoom(
  service: RoomService,
  name: string,
  options: ResolvedConsultRoomOptions,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    if (options.name !== undefined) {
      const found = await raceSignal(service.listRooms([name]), signal, doing);
      if (found.some((room) => room.name === name)) return false;
    }
    const creating = service.createRoom(newRoom(name, options));
    await raceSignal(creating, signal, doing).catch((error: unknown) => {
      undoWhenDone(creating, service, name);
      throw error;
    });
    return true;
  } catch (error) {
    throw toConsultRoomError(error, doing);
  }
}

/**
 * A request that was given up may still create the room. If deleting it fails as well, the room ends by its own
 * empty timeout, since nobody has been told its name.
 */
function undoWhenDone(creating: Promise<unknown>, service: RoomService, name: string): void {
  creating.then(() => service.deleteRoom(name)).catch(() => undefined);
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
