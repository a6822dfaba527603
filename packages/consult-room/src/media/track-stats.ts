import type { LocalAudioTrack, RemoteTrack, Room } from '@livekit/rtc-node';

/** WebRTC's statistics of one audio track, since its start. */
export interface TrackStats {
  /** Packets that arrived. */
  readonly packets: bigint;
  readonly lostPackets: number;
  /** Samples that the jitter buffer made up because none had arrived in time, and all samples that it emitted. */
  readonly concealedSamples: bigint;
  readonly samples: bigint;
  /** The time that all emitted samples spent in the jitter buffer, in seconds. */
  readonly jitterBufferDelayS: number;
}

interface StatsAnswer {
  readonly stats?: readonly { readonly stats: { readonly case?: string | undefined; readonly value?: unknown } }[];
}

/**
 * Reads the statistics of one track. They are renewed every 50 ms, so two readings closer together are equal.
 *
 * Since publishing and subscribing share one peer connection, the statistics of a room do not say which track a stream
 * belongs to. Those of a single track do; they are requested from the client that `@livekit/rtc-node` keeps in the
 * global scope. If a version keeps it elsewhere, the packets of all incoming audio of the room are counted.
 */
export async function readTrackStats(
  room: Room,
  track: RemoteTrack | LocalAudioTrack,
  signal?: AbortSignal,
): Promise<TrackStats> {
  const client = globalThis._ffiClientInstance;
  if (!client) {
    const stats = await room.getRtcStats();
    return sumUp([...stats.publisherStats, ...stats.subscriberStats]);
  }
  const { asyncId } = client.request<{ asyncId?: bigint }>({
    message: { case: 'getStats', value: { trackHandle: track.ffi_handle.handle } },
  });
  const answer = await client.waitFor<StatsAnswer>(
    ({ message }) => message.case === 'getStats' && message.value.asyncId === asyncId,
    signal && { signal },
  );
  return sumUp(answer.stats ?? []);
}

function sumUp(entries: NonNullable<StatsAnswer['stats']>): TrackStats {
  const sum = { packets: 0n, lostPackets: 0, concealedSamples: 0n, samples: 0n, jitterBufferDelayS: 0 };
  for (const { stats } of entries) {
    if (stats.case === 'inboundRtp' && isInbound(stats.value) && stats.value.stream?.kind === 'audio') {
      const { received, inbound } = stats.value;
      sum.packets += received?.packetsReceived ?? 0n;
      sum.lostPackets += Number(received?.packetsLost ?? 0n);
      sum.concealedSamples += inbound?.concealedSamples ?? 0n;
      sum.samples += inbound?.jitterBufferEmittedCount ?? 0n;
      sum.jitterBufferDelayS += inbound?.jitterBufferDelay ?? 0;
    }
  }
  return sum;
}

interface InboundRtp {
  readonly stream?: { readonly kind?: string };
  readonly received?: { readonly packetsReceived?: bigint; readonly packetsLost?: bigint };
  readonly inbound?: {
    readonly concealedSamples?: bigint;
    readonly jitterBufferEmittedCount?: bigint;
    readonly jitterBufferDelay?: number;
  };
}

function isInbound(value: unknown): value is InboundRtp {
  return typeof value === 'object' && value !== null && 'stream' in value && 'received' in value;
}
