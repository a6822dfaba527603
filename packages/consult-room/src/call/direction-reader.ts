import type { RemoteTrack } from '@livekit/rtc-node';
import { readTrackStats, type TrackStats } from '../media/track-stats.js';
import type { AudioFlow } from '../merge/verify-audio-flow.js';
import type { DirectionStatistics, RelayCounts } from './call-media.js';

const samplesPerMs = 48n;

/** Reads the statistics of one direction repeatedly. */
export class DirectionReader {
  readonly #flow: AudioFlow;
  readonly #counts: () => RelayCounts;
  #last: { readonly track: RemoteTrack; readonly stats: TrackStats } | undefined;

  constructor(flow: AudioFlow, counts: () => RelayCounts) {
    this.#flow = flow;
    this.#counts = counts;
  }

  async read(): Promise<DirectionStatistics> {
    const { track, from } = this.#flow;
    const counts = this.#counts();
    if (!track) return { packets: 0, lostPackets: 0, concealedMs: 0, delayMs: Number.NaN, ...counts };
    const stats = await readTrackStats(from, track);
    const before = this.#last?.track === track ? this.#last.stats : undefined;
    this.#last = { track, stats };
    const delayS = stats.jitterBufferDelayS - (before?.jitterBufferDelayS ?? 0);
    const samples = stats.samples - (before?.samples ?? 0n);
    return {
      packets: Number(stats.packets),
      lostPackets: stats.lostPackets,
      concealedMs: Number(stats.concealedSamples / samplesPerMs),
      delayMs: samples > 0n ? (delayS / Number(samples)) * 1000 : Number.NaN,
      ...counts,
    };
  }
}
