import { type AudioFrame, type RemoteTrack, type Room, RoomEvent } from '@livekit/rtc-node';
import { sleep } from '../async/sleep.js';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { type FramePump, pumpFrames } from '../media/frame-pump.js';
import { hasSound } from '../media/has-sound.js';
import { readTrackStats } from '../media/track-stats.js';
import { watchParticipantLeft } from '../room/watch-participant-left.js';

/** Peak from which a frame counts as sound, of 32 767: above a codec's rendering of silence. */
const soundPeak = 30;

/** Pause between two checks of the packets, in milliseconds. */
const lookEveryMs = 25;

/** `leg-active`: the call is connected. `leg-audible`: it is connected, and audio arrives from it. */
export type LegEvent = 'leg-active' | 'leg-audible' | 'leg-left';

/** Emits each event of a leg in the room once. Returns the function that stops it. */
export function followLeg(room: Room, identity: string, emit: (type: LegEvent) => void): () => void {
  const leg = new FollowedLeg(room, identity, emit);
  return () => leg.stop();
}

class FollowedLeg {
  readonly #room: Room;
  readonly #identity: string;
  readonly #emit: (type: LegEvent) => void;
  readonly #emitted = new Set<LegEvent>();
  readonly #stopped = new AbortController();
  readonly #stops: (() => void)[];
  #pump: FramePump | undefined;
  #sounded = false;

  constructor(room: Room, identity: string, emit: (type: LegEvent) => void) {
    this.#room = room;
    this.#identity = identity;
    this.#emit = emit;
    const look = (): void => this.#look();
    room.on(RoomEvent.ParticipantAttributesChanged, look);
    this.#stops = [
      () => room.off(RoomEvent.ParticipantAttributesChanged, look),
      watchParticipantLeft(room, identity, () => this.#emitOnce('leg-left')),
      followAudioTrack(room, identity, (track) => this.#hear(track)),
    ];
    look();
  }

  stop(): void {
    this.#stopped.abort();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #emitOnce(type: LegEvent): void {
    if (this.#stopped.signal.aborted || this.#emitted.has(type)) return;
    this.#emitted.add(type);
    this.#emit(type);
  }

  #look(): void {
    const participant = this.#room.remoteParticipants.get(this.#identity);
    // The track exists while the phone still rings.
    if (participant?.attributes['sip.callStatus'] !== 'active') return;
    this.#emitOnce('leg-active');
    if (this.#sounded) this.#emitOnce('leg-audible');
  }

  #hear(track: RemoteTrack | undefined): void {
    // The stream ends with its reader, which is not awaited.
    void this.#pump?.stop();
    if (this.#sounded) return;
    this.#pump = track && pumpFrames(track, (frame) => this.#onFrame(frame));
    if (track) void this.#countPackets(track);
  }

  #onFrame(frame: AudioFrame): void {
    if (!this.#sounded && hasSound(frame, soundPeak)) this.#onSound();
  }

  /** Stops reading: a leg that is audible costs nothing any more. */
  #onSound(): void {
    this.#sounded = true;
    void this.#pump?.stop();
    this.#look();
  }

  /** Counts a silent leg as audible as soon as its packets arrive. */
  async #countPackets(track: RemoteTrack): Promise<void> {
    let first: bigint | undefined;
    while (!this.#stopped.signal.aborted && !this.#sounded && this.#pump?.track === track) {
      try {
        const { packets } = await readTrackStats(this.#room, track, this.#stopped.signal);
        first ??= packets;
        // A few more than the first one: a gateway sends packets of silence while it connects.
        if (packets > first + 5n) this.#onSound();
      } catch {
        // The track ended during the request: nothing was observed.
      }
      this.#look();
      await sleep(lookEveryMs, this.#stopped.signal);
    }
  }
}
