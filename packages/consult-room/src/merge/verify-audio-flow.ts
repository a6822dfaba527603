import type { RemoteTrack, Room } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { publishedAudio } from '../media/follow-audio-track.js';
import { ListenerSubscription } from './listener-subscription.js';
import type { ProofHelp } from './listener-subscription.js';
import type { MergeDirection, MissingProof } from './merge-result.js';
import { isAbleToSend } from './is-able-to-send.js';
import { readTrackStats } from '../media/track-stats.js';

/** One person's voice on its way to the other. */
export interface Flow {
  readonly direction: MergeDirection;
  /** The room that the person is in. */
  readonly from: Room;
  readonly identity: string;
  /** The person's own track, as far as it is subscribed to here. */
  readonly track: RemoteTrack | undefined;
  /** Who is to hear it, and where. */
  readonly listener: { readonly room: Room; readonly identity: string };
  /** What a relay sends into the listener's room; absent where both are in one room. */
  readonly relayed?: Relayed;
}

interface Relayed {
  /** Of the track that is published for the listener. */
  readonly sid: string | undefined;
  /** Whether anybody in the listener's room is subscribed to it. */
  readonly subscribed: boolean;
  /** Frames that went through since the gate opened. */
  readonly framesSinceOpen: number;
  /** Frames with sound that the relay read and wrote since the gate opened. */
  readonly soundFrames: { readonly read: number; readonly written: number };
}

/** Frames that must have gone through the gate since it opened, or be able to tell about sound: 50 ms of audio. */
const framesNeeded = 5;

/** The share of the sound that must have gone through: single frames that the media stack refuses are no fault. */
const writtenShare = 0.1;

/** Pause between two looks, in milliseconds. */
const lookEveryMs = 20;

/**
 * How long packets are waited for of a person who sends none, from the first look at their track: statistics are renewed
 * every 50 ms, and phones send every 20 ms. In milliseconds.
 */
const packetsWithinMs = 500;

/** Resolves to what is missing after `limitMs`, or when `signal` ends; to nothing as soon as every direction stands. */
export async function proveFlows(
  flows: readonly Flow[],
  limitMs: number,
  signal: AbortSignal,
  help: ProofHelp,
): Promise<readonly MissingProof[]> {
  const limit = new AbortController();
  const end = (): void => limit.abort();
  const timer = setTimeout(end, limitMs);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return (await Promise.all(flows.map((flow) => proveFlow(flow, limit.signal, help)))).flat();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/**
 * Waits until one direction of a merge stands: the speaker has a track, frames go through the gate, sound that was
 * read was written, and the listener is subscribed.
 *
 * Silence is no fault, nor is a person who sends no packets: they may have pressed hold on their own phone, or their
 * phone sends none while they are silent. That is a warning, if all else stands.
 *
 * Resolves to what is missing when `signal` ends; to nothing as soon as all stands.
 */
export async function proveFlow(flow: Flow, signal: AbortSignal, help: ProofHelp): Promise<readonly MissingProof[]> {
  const proof = new FlowProof(flow, help);
  for (;;) {
    await proof.look(signal);
    const missing = proof.missing();
    if (missing.length === 0 && !proof.packetsSeen) help.onWarning(noPackets(flow));
    if (missing.length === 0 || signal.aborted) {
      return missing.map((what) => ({ direction: flow.direction, missing: what }));
    }
    await sleep(lookEveryMs, signal);
  }
}

class FlowProof {
  readonly #flow: Flow;
  readonly #subscription: ListenerSubscription;
  /** When the speaker's voice was first looked at. A new track starts again. */
  #seen: { readonly voice: RemoteTrack | string | undefined; readonly at: number } | undefined;
  /** From then to the last look, which a busy machine may delay. */
  #lookedMs = 0;
  /** Packets at the first look at a track. */
  #first: { readonly track: RemoteTrack; readonly packets: bigint } | undefined;
  #packetsOf: RemoteTrack | undefined;

  constructor(flow: Flow, help: ProofHelp) {
    this.#flow = flow;
    this.#subscription = new ListenerSubscription(flow.listener, help);
  }

  /** Of somebody who is muted none are expected. */
  get packetsSeen(): boolean {
    const { track } = this.#flow;
    return track !== undefined && (track.muted || this.#packetsOf === track);
  }

  async look(signal: AbortSignal): Promise<void> {
    const voice = this.#voice;
    const at = performance.now();
    if (this.#seen?.voice !== voice) this.#seen = { voice, at };
    this.#subscription.ask(this.#heardSid());
    await this.#countPackets(signal);
    this.#lookedMs = at - (this.#seen?.at ?? at);
  }

  missing(): MissingProof['missing'][] {
    const { from, identity, relayed } = this.#flow;
    const missing: MissingProof['missing'][] = [];
    if (!from.remoteParticipants.has(identity)) missing.push('participant');
    else if (this.#voice === undefined) missing.push('track');
    else if (relayed && isSwallowed(relayed)) missing.push('sound');
    else if (!this.packetsSeen && !this.#mayBeWithoutPackets) missing.push('packets');
    else if (relayed && this.packetsSeen && relayed.framesSinceOpen < framesNeeded) missing.push('frames');
    if (relayed?.subscribed === false || !this.#subscription.stands) missing.push('subscriber');
    return missing;
  }

  get #mayBeWithoutPackets(): boolean {
    const { from, identity } = this.#flow;
    return this.#lookedMs >= packetsWithinMs && isAbleToSend(from, identity);
  }

  /**
   * A relay reads the track itself; in one room it is enough that it is published. Packets are counted from the moment that
   * it is subscribed to here.
   */
  get #voice(): RemoteTrack | string | undefined {
    const { from, identity, track, relayed } = this.#flow;
    return relayed ? track : (track ?? publishedAudio(from, identity));
  }

  #heardSid(): string | undefined {
    const { from, identity, relayed } = this.#flow;
    return relayed ? relayed.sid : publishedAudio(from, identity);
  }

  async #countPackets(signal: AbortSignal): Promise<void> {
    const { track, from } = this.#flow;
    if (!track || this.packetsSeen) return;
    try {
      const { packets } = await readTrackStats(from, track, signal);
      if (this.#first?.track !== track) this.#first = { track, packets };
      else if (packets > this.#first.packets) this.#packetsOf = track;
    } catch {
      // The track or the room went away while it was asked for, or the time is over: nothing new was seen.
    }
  }
}

function isSwallowed({ soundFrames: { read, written } }: Relayed): boolean {
  return read >= framesNeeded && written < read * writtenShare;
}

function noPackets({ direction }: Flow): ConsultRoomError {
  return new ConsultRoomError('media', `no packets arrive (${direction}): the speaker may be on hold or silent`);
}
