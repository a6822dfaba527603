import type { PhoneLab } from '@org/phone-lab';
import { joinRoom } from '../cost/join-room.js';
import { holdPlayers, type HoldVariant } from './hold-player.js';

const WINDOW_MS = 20;
/** Below this a caller takes the line for dead; music played at the default volume lies at -30 and above. */
const QUIET_DBFS = -50;

/** Holds a caller with the default clip, and returns the longest stretch of near-silence that they heard. */
export async function longestQuietMs(lab: PhoneLab, variant: HoldVariant, seconds: number): Promise<number> {
  const roomName = `listened-to-${variant}`;
  const room = await joinRoom(lab, roomName, 'agent');
  const caller = await lab.call({ from: '+15550198', roomName });
  const stop = await holdPlayers[variant](room);
  await caller.connected();
  // From the first sound on: the start is another figure.
  while (caller.ear.levelDbfs({ from: Date.now() - 300 }) < QUIET_DBFS) await caller.wait(50);
  const from = Date.now();
  await caller.wait(seconds * 1_000);
  const to = Date.now() - 500;
  let [longest, quiet] = [0, 0];
  for (let at = from; at < to; at += WINDOW_MS) {
    quiet = caller.ear.levelDbfs({ from: at, to: at + WINDOW_MS }) < QUIET_DBFS ? quiet + WINDOW_MS : 0;
    longest = Math.max(longest, quiet);
  }
  await stop();
  await caller.hangUp();
  await room.disconnect();
  return longest;
}
