import { setTimeout as delay } from 'node:timers/promises';
import type { Room } from '@livekit/rtc-node';

/** How long the first packet may take, in milliseconds; a phone without media still rings. */
const mediaTimeoutMs = 2000;

/**
 * Resolves when the first packet is sent, after the timeout, or when `isJoined` is false.
 *
 * The server treats a participant as a publisher only from the first packet on, and reports a departure before it with a
 * delay of up to 3 s.
 */
export async function untilMediaFlows(room: Room, isJoined: () => boolean): Promise<void> {
  for (const deadline = Date.now() + mediaTimeoutMs; Date.now() < deadline && isJoined(); await delay(20)) {
    const { publisherStats } = await room.getRtcStats();
    const sends = publisherStats.some(
      ({ stats }) => stats.case === 'outboundRtp' && (stats.value.sent?.packetsSent ?? 0n) > 0n,
    );
    if (sends) return;
  }
}
