import type { RemoteTrack } from '@livekit/rtc-node';
import { sleep } from '../support/sleep.js';
import type { AudioRelay } from './audio-relay.js';
import type { MissingProof } from './merge.js';
import { packetsReceived } from './packets-received.js';

/** Frames that must have gone through the gate since it opened: 50 ms of audio. */
const framesNeeded = 5;

/** Pause between two looks, in milliseconds. */
const lookEveryMs = 20;

/**
 * Waits until audio is seen to flow in one direction: packets of the speaker's track arrive, frames go through the
 * gate, and somebody on the other side is subscribed.
 *
 * Resolves to what is missing when `signal` ends; to nothing as soon as all of it was seen.
 */
export async function proveFlow(relay: AudioRelay, signal: AbortSignal): Promise<readonly MissingProof[]> {
  const packets = new GrowthOfPackets(relay);
  for (;;) {
    const growing = packets.grew || (await packets.look(signal));
    const missing = missingOf(relay, growing);
    if (missing.length === 0 || signal.aborted) {
      return missing.map((what) => ({ direction: relay.direction, missing: what }));
    }
    await sleep(lookEveryMs, signal);
  }
}

function missingOf(relay: AudioRelay, growing: boolean): MissingProof['missing'][] {
  const missing: MissingProof['missing'][] = [];
  if (!relay.from.remoteParticipants.has(relay.identity)) missing.push('participant');
  else if (!relay.track) missing.push('track');
  else if (!growing) missing.push('packets');
  else if (relay.framesSinceOpen < framesNeeded) missing.push('frames');
  if (!relay.subscribed) missing.push('subscriber');
  return missing;
}

/** Whether packets came in after the first look. A new track starts anew. */
class GrowthOfPackets {
  readonly #relay: AudioRelay;
  #grewOf: RemoteTrack | undefined;
  #first: { readonly track: RemoteTrack; readonly packets: bigint } | undefined;

  constructor(relay: AudioRelay) {
    this.#relay = relay;
  }

  get grew(): boolean {
    return this.#grewOf !== undefined && this.#grewOf === this.#relay.track;
  }

  async look(signal: AbortSignal): Promise<boolean> {
    const track = this.#relay.track;
    if (!track) return false;
    let packets: bigint;
    try {
      packets = await packetsReceived(this.#relay.from, track, signal);
    } catch {
      // The track or the room went away while it was asked for, or the time is over: nothing was seen.
      return false;
    }
    if (this.#first?.track !== track) this.#first = { track, packets };
    else if (packets > this.#first.packets) this.#grewOf = track;
    return this.grew;
  }
}
