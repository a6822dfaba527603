import { RoomEvent } from '@livekit/rtc-node';
import type { AudioFrame, RemoteTrack, Room } from '@livekit/rtc-node';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { pumpFrames } from '../media/frame-pump.js';
import type { FramePump } from '../media/frame-pump.js';
import { hasSound } from '../media/has-sound.js';
import { readTrackStats } from '../media/track-stats.js';
import { watchDeparture } from '../room/watch-participant-left.js';
import { sleep } from '../async/sleep.js';

/** Peak from which a frame counts as sound, of 32 767: above what a codec makes of silence. */
const soundPeak = 30;

/** Pause between two looks at the packets, in milliseconds. */
const lookEveryMs = 25;

/** `line-active`: the call is connected. `line-heard`: it is, and audio comes from it. */
export type LineEvent = 'line-active' | 'line-heard' | 'line-gone';

/** Emits each of the events of a line in the room once. Returns the function that stops it. */
export function followLine(room: Room, identity: string, emit: (type: LineEvent) => void): () => void {
  const line = new FollowedLine(room, identity, emit);
  return () => line.stop();
}

class FollowedLine {
  readonly #room: Room;
  readonly #identity: string;
  readonly #emit: (type: LineEvent) => void;
  readonly #emitted = new Set<LineEvent>();
  readonly #over = new AbortController();
  readonly #stops: (() => void)[];
  #pump: FramePump | undefined;
  #sounded = false;

  constructor(room: Room, identity: string, emit: (type: LineEvent) => void) {
    this.#room = room;
    this.#identity = identity;
    this.#emit = emit;
    const look = (): void => this.#look();
    room.on(RoomEvent.ParticipantAttributesChanged, look);
    this.#stops = [
      () => room.off(RoomEvent.ParticipantAttributesChanged, look),
      watchDeparture(room, identity, () => this.#emitOnce('line-gone')),
      followAudioTrack(room, identity, (track) => this.#hear(track)),
    ];
    look();
  }

  stop(): void {
    this.#over.abort();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #emitOnce(type: LineEvent): void {
    if (this.#over.signal.aborted || this.#emitted.has(type)) return;
    this.#emitted.add(type);
    this.#emit(type);
  }

  #look(): void {
    const participant = this.#room.remoteParticipants.get(this.#identity);
    // Its track is there while it still rings.
    if (participant?.attributes['sip.callStatus'] !== 'active') return;
    this.#emitOnce('line-active');
    if (this.#sounded) this.#emitOnce('line-heard');
  }

  #hear(track: RemoteTrack | undefined): void {
    // The stream ends with its reader; nobody waits for that.
    void this.#pump?.stop();
    this.#pump = track && pumpFrames(track, (frame) => this.#onFrame(frame));
    if (track) void this.#countPackets(track);
  }

  #onFrame(frame: AudioFrame): void {
    if (this.#sounded || !hasSound(frame, soundPeak)) return;
    this.#sounded = true;
    this.#look();
  }

  /** Somebody who says nothing is audible as well as soon as their packets come. */
  async #countPackets(track: RemoteTrack): Promise<void> {
    let first: bigint | undefined;
    while (!this.#over.signal.aborted && !this.#sounded && this.#pump?.track === track) {
      try {
        const { packets } = await readTrackStats(this.#room, track, this.#over.signal);
        first ??= packets;
        // A few more than the first one: packets of silence that a gateway sends while it connects.
        if (packets > first + 5n) this.#sounded = true;
      } catch {
        // The track went away while it was asked for: nothing was seen.
      }
      this.#look();
      await sleep(lookEveryMs, this.#over.signal);
    }
  }
}
