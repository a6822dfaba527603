import type { RemoteTrack, Room } from '@livekit/rtc-node';
import { anySignal } from '@org/support';
import { sleep } from '../async/sleep.js';
import { ConsultRoomError } from '../consult-room-error.js';
import { publishedAudio } from '../media/follow-audio-track.js';
import { readTrackStats } from '../media/track-stats.js';
import { isAbleToSend } from './is-able-to-send.js';
import { ListenerSubscription, type VerifyContext } from './listener-subscription.js';
import type { MergeDirection, MissingAudio } from './merge-result.js';

/** The voice of one party on its way to the other one. */
export interface AudioFlow {
  readonly direction: MergeDirection;
  /** The room that the speaker is in. */
  readonly from: Room;
  readonly identity: string;
  /** The speaker's own track, if this process is subscribed to it. */
  readonly track: RemoteTrack | undefined;
  /** The participant who should hear the voice, and the room of that participant. */
  readonly listener: { readonly room: Room; readonly identity: string };
  /** The track that a relay publishes in the listener's room; absent if both parties are in one room. */
  readonly relayed?: Relayed;
}

interface Relayed {
  /** The sid of the track that is published for the listener. */
  readonly sid: string | undefined;
  /** Whether the track has a subscriber in the listener's room. */
  readonly subscribed: boolean;
  /** Frames relayed since the gate opened. */
  readonly framesSinceOpen: number;
  /** Frames with sound that the relay read and wrote since the gate opened. */
  readonly soundFrames: { readonly read: number; readonly written: number };
}

/** Frames that must be relayed after the gate opened, or are needed to judge the sound: 50 ms of audio. */
const framesNeeded = 5;

/** The share of the sound that must be relayed: the media stack may reject single frames. */
const writtenShare = 0.1;

/** Pause between two checks, in milliseconds. */
const lookEveryMs = 20;

/**
 * How long to wait for packets of a speaker who sends none, from the first check of the track, in milliseconds:
 * statistics are renewed every 50 ms, and phones send every 20 ms.
 */
const packetsWithinMs = 500;

/**
 * Verifies that audio flows in every direction. Resolves to an empty list as soon as it does, or to the missing parts
 * after `timeoutMs` or when `signal` aborts.
 */
export async function verifyAudioFlows(
  flows: readonly AudioFlow[],
  timeoutMs: number,
  signal: AbortSignal,
  context: VerifyContext,
): Promise<readonly MissingAudio[]> {
  const limit = anySignal(signal, AbortSignal.timeout(timeoutMs));
  return (await Promise.all(flows.map((flow) => verifyAudioFlow(flow, limit, context)))).flat();
}

/**
 * Verifies one direction of a merge: the speaker has a track, frames pass the gate, sound that was read was written,
 * and the listener is subscribed.
 *
 * Silence does not fail it, nor does a speaker who sends no packets: the phone may be on hold, or send none during
 * silence. That is a warning if all else is there. Only a relay waits for packets: they may carry sound that it does not
 * write. In one room the warning may follow later.
 *
 * Resolves to an empty list as soon as nothing is missing, or to the missing parts when `signal` aborts.
 */
export async function verifyAudioFlow(
  flow: AudioFlow,
  signal: AbortSignal,
  context: VerifyContext,
): Promise<readonly MissingAudio[]> {
  const verification = new FlowVerification(flow, context);
  for (;;) {
    await verification.look(signal);
    const missing = verification.missing();
    if (missing.length === 0) void verification.warnWithoutPackets(signal);
    if (missing.length === 0 || signal.aborted) {
      return missing.map((what) => ({ direction: flow.direction, missing: what }));
    }
    await sleep(lookEveryMs, signal);
  }
}

class FlowVerification {
  readonly #flow: AudioFlow;
  readonly #context: VerifyContext;
  readonly #subscription: ListenerSubscription;
  /** The first check of the speaker's voice. A new track starts again. */
  #seen: { readonly voice: RemoteTrack | string | undefined; readonly at: number } | undefined;
  /** The time from the first check to the last one, which a busy machine may delay, in milliseconds. */
  #lookedMs = 0;
  /** Packets at the first check of a track. */
  #first: { readonly track: RemoteTrack; readonly packets: bigint } | undefined;
  #packetsOf: RemoteTrack | undefined;

  constructor(flow: AudioFlow, context: VerifyContext) {
    this.#flow = flow;
    this.#context = context;
    this.#subscription = new ListenerSubscription(flow.listener, context);
  }

  /** Whether packets of the speaker have arrived, or sound that they carried. None are expected of a muted speaker. */
  get packetsSeen(): boolean {
    const { track, relayed } = this.#flow;
    if (track === undefined) return false;
    return track.muted || this.#packetsOf === track || (relayed !== undefined && relayed.soundFrames.read > 0);
  }

  async look(signal: AbortSignal): Promise<void> {
    const voice = this.#voice;
    const at = performance.now();
    if (this.#seen?.voice !== voice) this.#seen = { voice, at };
    this.#subscription.ask(this.#heardSid());
    await this.#countPackets(signal);
    this.#lookedMs = at - (this.#seen?.at ?? at);
  }

  /** Warns of a speaker who has sent no packets for long enough. Never rejects. */
  async warnWithoutPackets(signal: AbortSignal): Promise<void> {
    while (!this.packetsSeen && this.#lookedMs < packetsWithinMs) {
      await sleep(lookEveryMs, signal);
      if (signal.aborted) return;
      await this.look(signal);
    }
    if (!this.packetsSeen) this.#context.onWarning(noPacketsWarning(this.#flow));
  }

  missing(): MissingAudio['missing'][] {
    const { from, identity, relayed } = this.#flow;
    const missing: MissingAudio['missing'][] = [];
    if (!from.remoteParticipants.has(identity)) missing.push('participant');
    else if (this.#voice === undefined) missing.push('track');
    else if (relayed && isSwallowed(relayed)) missing.push('sound');
    else if (!this.packetsSeen && !this.#mayBeWithoutPackets) missing.push('packets');
    else if (relayed && this.packetsSeen && relayed.framesSinceOpen < framesNeeded) missing.push('frames');
    if (relayed?.subscribed === false || !this.#subscription.isSubscribed) missing.push('subscriber');
    return missing;
  }

  get #mayBeWithoutPackets(): boolean {
    const { from, identity, relayed } = this.#flow;
    const waited = relayed === undefined || this.#lookedMs >= packetsWithinMs;
    return waited && isAbleToSend(from, identity);
  }

  /**
   * The speaker's track. A relay reads it itself; in one room it is enough that it is published. Packets are counted
   * from the moment that this process is subscribed to it.
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
      // The track or the room ended during the request, or the time is up: nothing new was observed.
    }
  }
}

function isSwallowed({ soundFrames: { read, written } }: Relayed): boolean {
  return read >= framesNeeded && written < read * writtenShare;
}

function noPacketsWarning({ direction }: AudioFlow): ConsultRoomError {
  return new ConsultRoomError('media', `no packets arrive (${direction}): the speaker may be on hold or silent`);
}
