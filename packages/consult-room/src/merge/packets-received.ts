import type { RemoteTrack, Room } from '@livekit/rtc-node';

interface TrackStats {
  readonly stats?: readonly {
    readonly stats: { readonly case?: string | undefined; readonly value?: unknown };
  }[];
}

/**
 * How many packets of this track have arrived so far. Frames prove nothing: an `AudioStream` yields a hundred a second
 * even when the publisher sends nothing.
 *
 * Since publishing and subscribing share one peer connection, the statistics of a room no longer say which track a
 * stream belongs to. Those of a single track do, and are asked for by the client that `@livekit/rtc-node` keeps in the
 * global scope; should a version keep it elsewhere, all audio that comes in from the room is counted.
 *
 * The count is renewed every 50 ms, so two readings closer than that are equal.
 */
export async function packetsReceived(room: Room, track: RemoteTrack, signal: AbortSignal): Promise<bigint> {
  const client = globalThis._ffiClientInstance;
  if (!client) {
    const stats = await room.getRtcStats();
    return countAudioPackets([...stats.publisherStats, ...stats.subscriberStats]);
  }
  const { asyncId } = client.request<{ asyncId?: bigint }>({
    message: { case: 'getStats', value: { trackHandle: track.ffi_handle.handle } },
  });
  const answer = await client.waitFor<TrackStats>(
    ({ message }) => message.case === 'getStats' && message.value.asyncId === asyncId,
    { signal },
  );
  return countAudioPackets(answer.stats ?? []);
}

function countAudioPackets(stats: NonNullable<TrackStats['stats']>): bigint {
  let packets = 0n;
  for (const { stats: entry } of stats) {
    if (entry.case === 'inboundRtp' && isInboundRtp(entry.value) && entry.value.stream?.kind === 'audio') {
      packets += entry.value.received?.packetsReceived ?? 0n;
    }
  }
  return packets;
}

interface InboundRtp {
  readonly stream?: { readonly kind?: string };
  readonly received?: { readonly packetsReceived?: bigint };
}

function isInboundRtp(value: unknown): value is InboundRtp {
  return typeof value === 'object' && value !== null && 'stream' in value && 'received' in value;
}
