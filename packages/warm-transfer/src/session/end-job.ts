import type { voice } from '@livekit/agents';
import type { CallerLocation } from './locate-caller.js';
import { jobOf } from './locate-caller.js';
import type { CallOver } from '../outcome/connected-call-end.js';

/** Whether nobody is left for the session to talk to, or in the room to talk with each other. */
export function isDone({ caller }: CallOver): boolean {
  return caller !== 'returned' && caller !== 'talking';
}

/** Ends what the call was held in. `deleteRoom` is that of the server's room service. */
export async function endJob(
  session: voice.AgentSession,
  { callerRoomName }: Pick<CallerLocation, 'callerRoomName'>,
  rooms: { readonly deleteRoom: (name: string) => Promise<void> },
): Promise<void> {
  // A session that closes forgets its job.
  const job = jobOf(session);
  session.shutdown({ drain: false });
  try {
    await rooms.deleteRoom(callerRoomName);
  } catch (error) {
    // The session may delete its room, too.
    if (!isNotFound(error)) throw error;
  } finally {
    job?.shutdown('the call of caller and human agent has ended');
  }
}

function isNotFound(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
}
