import { within } from '../async/with-timeout.js';
import type { RoomService } from '../api/room-service.js';

/**
 * Whether a listing of rooms proves that a room is gone. A service that asks the room's node for its participants
 * answers 503 where there is no such room, and where the node is late.
 */
export async function isRoomGone(
  service: Pick<RoomService, 'listRooms'>,
  room: string,
  limitMs: number,
): Promise<boolean> {
  try {
    return (await within(service.listRooms([room]), limitMs, 'list a room')).length === 0;
  } catch {
    return false;
  }
}
