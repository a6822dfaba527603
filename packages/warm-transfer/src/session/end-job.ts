import type { voice } from '@livekit/agents';
import type { CallerLocation } from './locate-caller.js';
import { getJob } from './locate-caller.js';
import type { ConnectedCallEnd } from '../outcome/connected-call-end.js';

/** Whether the session has no caller any more, and no participants talk in the room. */
export function isDone({ caller }: ConnectedCallEnd): boolean {
  return caller !== 'returned' && caller !== 'talking';
}

/** Ends session, room and job of a call. `deleteRoom` is that of the server's room service. */
export async function endJob(
  session: voice.AgentSession,
  { callerRoomName }: Pick<CallerLocation, 'callerRoomName'>,
  rooms: { readonly deleteRoom: (name: string) => Promise<void> },
): Promise<void> {
  // A session that closes drops its job.
  const job = getJob(session);
  session.shutdown({ drain: false });
  try {
    await rooms.deleteRoom(callerRoomName);
  } catch (error) {
    // The session may have deleted its room.
    if (!isNotFound(error)) throw error;
  } finally {
    job?.shutdown('the call of caller and human agent has ended');
  }
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
}
