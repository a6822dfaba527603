import { setTimeout as sleep } from 'node:timers/promises';
import type { Room } from '@livekit/rtc-node';

/** RFC 4733, section 3.2: `*` is 10, `#` is 11. */
const CODES = '0123456789*#';
/** The gateway takes so long for one key from the room, and plays the next one after it. */
const KEY_MS = 540;
const WAIT_MS = 500;

/** Presses keys towards everybody on the phone in a room; `w` waits half a second. Ends early with the signal or the room. */
export async function pressKeys(room: Room, keys: string, signal: AbortSignal): Promise<void> {
  for (const key of keys) {
    if (signal.aborted || !room.isConnected) return;
    if (key !== 'w') await room.localParticipant?.publishDtmf(CODES.indexOf(key), key);
    try {
      await sleep(key === 'w' ? WAIT_MS : KEY_MS, undefined, { signal });
    } catch {
      // Aborted: nothing more is to be pressed.
      return;
    }
  }
}
