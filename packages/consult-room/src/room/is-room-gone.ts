import { within } from '@org/support';
import type { RoomService } from '../api/room-service.js';
import { timedOut } from '../async/timed-out.js';

/**
 * Whether a listing of rooms proves that a room is gone. A service that asks the room's node for its participants
 * answers 503 if there is no such room, and also if the node is late.
 */
export async function isRoomGone(
  service: Pick<RoomService, 'listRooms'>,
  room: string,
  timeoutMs: number,
): Promise<boolean> {
  try {
    return (await within(timeoutMs, service.listRooms([room]), timedOut('list a room'))).length === 0;
  } catch {
    return false;
  }
}
