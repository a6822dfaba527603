import { setTimeout as sleep } from 'node:timers/promises';
import type { Room } from '@livekit/rtc-node';

/** The codes of RFC 4733, section 3.2: `*` is 10, `#` is 11. */
const CODES = '0123456789*#';
/** The time that the gateway takes for one key from the room, in milliseconds; it plays the next one after it. */
const KEY_MS = 540;
const WAIT_MS = 500;

/** Sends DTMF to all phones in a room; `w` waits half a second. Ends early with the signal or the room. */
export async function sendDtmf(room: Room, keys: string, signal: AbortSignal): Promise<void> {
  for (const key of keys) {
    if (signal.aborted || !room.isConnected) return;
    if (key !== 'w') await room.localParticipant?.publishDtmf(CODES.indexOf(key), key);
    try {
      await sleep(key === 'w' ? WAIT_MS : KEY_MS, undefined, { signal });
    } catch {
      return;
    }
  }
}
