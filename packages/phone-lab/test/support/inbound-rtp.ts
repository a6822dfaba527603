import type { Room } from '@livekit/rtc-node';

/** What a client has received of the only track that it hears. */
export interface InboundRtp {
  readonly received: number;
  readonly lost: number;
  /** Of the arrival times, as RFC 3550 has it, ms. */
  readonly jitterMs: number;
}

/** Asks the media library of a client for the packets that have come. */
export async function inboundRtp(room: Room): Promise<InboundRtp> {
  const { subscriberStats, publisherStats } = await room.getRtcStats();
  for (const { stats } of [...subscriberStats, ...publisherStats]) {
    if (stats.case !== 'inboundRtp') continue;
    const { packetsReceived = 0n, packetsLost = 0n, jitter = 0 } = stats.value.received ?? {};
    return { received: Number(packetsReceived), lost: Number(packetsLost), jitterMs: jitter * 1000 };
  }
  return { received: 0, lost: 0, jitterMs: 0 };
}
