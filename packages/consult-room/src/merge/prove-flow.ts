import type { LocalAudioTrack, RemoteTrack, Room } from '@livekit/rtc-node';
import { sleep } from '../support/sleep.js';
import type { MergeDirection, MissingProof } from './merge.js';
import { readTrackStats } from './track-stats.js';
import type { TrackStats } from './track-stats.js';

/** One person's voice on its way to the other. */
export interface Flow {
  readonly direction: MergeDirection;
  /** The room that the person is in. */
  readonly from: Room;
  readonly identity: string;
  /** The person's own track. */
  readonly track: RemoteTrack | undefined;
  /** What a relay sends in the other room; absent where both are in one room. */
  readonly relayed?: Relayed;
}

interface Relayed {
  readonly room: Room;
  readonly track: LocalAudioTrack;
  /** Frames that went through since the gate opened. */
  readonly framesSinceOpen: number;
  /** Whether anybody in the other room listens. */
  readonly subscribed: boolean;
}

/** Frames that must have gone through the gate since it opened: 50 ms of audio. */
const framesNeeded = 5;

/** Pause between two looks, in milliseconds. */
const lookEveryMs = 20;

/**
 * Energy is the square of the level (1 = full scale), summed over seconds: this is 50 ms at -50 dBFS. Whoever is louder
 * has to be heard on the other side.
 */
const audibleEnergy = 0.05 * 10 ** -5;

/** The share of the energy that must come out again; what is missing is still under way. */
const energyShare = 0.01;

/**
 * Waits until audio is seen to flow in one direction: packets of the speaker's track arrive, frames go through the
 * gate, sound that goes in comes out, and somebody on the other side is subscribed.
 *
 * Resolves to what is missing when `signal` ends; to nothing as soon as all of it was seen.
 */
export async function proveFlow(flow: Flow, signal: AbortSignal): Promise<readonly MissingProof[]> {
  const growth = new Growth(flow);
  for (;;) {
    await growth.look(signal);
    const missing = missingOf(flow, growth);
    if (missing.length === 0 || signal.aborted) {
      return missing.map((what) => ({ direction: flow.direction, missing: what }));
    }
    await sleep(lookEveryMs, signal);
  }
}

function missingOf(flow: Flow, growth: Growth): MissingProof['missing'][] {
  const missing: MissingProof['missing'][] = [];
  const { relayed } = flow;
  if (!flow.from.remoteParticipants.has(flow.identity)) missing.push('participant');
  else if (!flow.track) missing.push('track');
  // Of who is muted none come.
  else if (!growth.ofPackets && !flow.track.muted) missing.push('packets');
  else if (relayed && relayed.framesSinceOpen < framesNeeded) missing.push('frames');
  else if (growth.isSwallowed) missing.push('sound');
  if (relayed && !relayed.subscribed) missing.push('subscriber');
  return missing;
}

/** What came in, and what went out again, since the first look. A new track starts anew. */
class Growth {
  readonly #flow: Flow;
  #first:
    | { readonly track: RemoteTrack; readonly heard: TrackStats; readonly sent: TrackStats | undefined }
    | undefined;
  #packets = 0n;
  #heard = 0;
  #sent = 0;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  get ofPackets(): boolean {
    return this.#first !== undefined && this.#first.track === this.#flow.track && this.#packets > 0n;
  }

  /**
   * Sound came in, and nothing like it went out. Where energy is not known this is false; so it is for whoever is muted,
   * since what they said just before still comes in, and goes nowhere.
   */
  get isSwallowed(): boolean {
    if (!this.#flow.relayed || this.#flow.track?.muted === true) return false;
    return this.#heard > audibleEnergy && this.#sent < this.#heard * energyShare;
  }

  async look(signal: AbortSignal): Promise<void> {
    const { track, from, relayed } = this.#flow;
    if (!track) return;
    try {
      const [heard, sent] = await Promise.all([
        readTrackStats(from, track, signal),
        relayed && readTrackStats(relayed.room, relayed.track, signal),
      ]);
      if (this.#first?.track !== track) this.#first = { track, heard, sent };
      this.#packets = heard.packets - this.#first.heard.packets;
      this.#heard = heard.energy - this.#first.heard.energy;
      this.#sent = (sent?.energy ?? 0) - (this.#first.sent?.energy ?? 0);
    } catch {
      // The track or the room went away while it was asked for, or the time is over: nothing new was seen.
    }
  }
}
