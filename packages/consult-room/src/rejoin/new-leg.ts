import { RoomEvent } from '@livekit/rtc-node';
import type { AudioFrame, RemoteParticipant, RemoteTrack, Room } from '@livekit/rtc-node';
import { deferred } from '../support/deferred.js';
import { sleep } from '../support/sleep.js';
import { followAudioTrack } from '../merge/follow-audio-track.js';
import { pumpFrames } from '../merge/frame-pump.js';
import type { FramePump } from '../merge/frame-pump.js';
import { hasSound } from '../merge/has-sound.js';
import { readTrackStats } from '../merge/track-stats.js';
import { watchDeparture } from '../room/watch-departure.js';

/** Peak from which a frame counts as sound, of 32 767: above what a codec makes of silence. */
const soundPeak = 30;

/** Pause between two looks at the packets, in milliseconds. */
const lookEveryMs = 25;

/** The line by which a phone comes into the room after it was told to call the one-time number. */
export class NewLeg {
  /** Resolves when the new line's call is active: from here on the phone's audio goes there. */
  readonly active: Promise<void>;
  /** Resolves to the identity of the new line when audio comes from it and its call is active. */
  readonly audible: Promise<string>;
  /** Resolves when the line has come and gone again. */
  readonly gone: Promise<void>;
  /** Resolves when the line came under an identity that was in the room already. It is not taken for the new line. */
  readonly conflict: Promise<void>;
  readonly #room: Room;
  readonly #ruleId: string;
  readonly #active = deferred<void>();
  readonly #audible = deferred<string>();
  readonly #gone = deferred<void>();
  readonly #conflict = deferred<void>();
  /** Identities of those in the room who did not come by the number. */
  readonly #others: Set<string>;
  readonly #over = new AbortController();
  readonly #stops: (() => void)[] = [];
  #identity: string | undefined;
  #pump: FramePump | undefined;
  #sounded = false;

  constructor(room: Room, ruleId: string) {
    this.#room = room;
    this.#ruleId = ruleId;
    this.active = this.#active.promise;
    this.audible = this.#audible.promise;
    this.gone = this.#gone.promise;
    this.conflict = this.#conflict.promise;
    this.#others = new Set(room.localParticipant ? [room.localParticipant.identity] : []);
    const look = (): void => this.#look();
    for (const event of [RoomEvent.ParticipantConnected, RoomEvent.ParticipantAttributesChanged] as const) {
      room.on(event, look);
      this.#stops.push(() => room.off(event, look));
    }
    look();
  }

  /** In the room, whether it can be heard or not. */
  get identity(): string | undefined {
    return this.#identity;
  }

  close(): void {
    this.#over.abort();
    for (const stop of this.#stops.splice(0)) stop();
  }

  #look(): void {
    if (this.#over.signal.aborted) return;
    if (this.#identity === undefined) this.#find();
    // Its track is there while it still rings.
    if (this.#participant?.attributes['sip.callStatus'] !== 'active' || this.#identity === undefined) return;
    this.#active.resolve();
    if (this.#sounded) this.#audible.resolve(this.#identity);
  }

  get #participant(): RemoteParticipant | undefined {
    return this.#identity === undefined ? undefined : this.#room.remoteParticipants.get(this.#identity);
  }

  #find(): void {
    let found: RemoteParticipant | undefined;
    for (const participant of this.#room.remoteParticipants.values()) {
      if (participant.attributes['sip.ruleID'] === this.#ruleId) found ??= participant;
      else this.#others.add(participant.identity);
    }
    if (!found) return;
    if (this.#others.has(found.identity)) {
      this.#conflict.resolve();
      return;
    }
    this.#identity = found.identity;
    this.#stops.push(
      watchDeparture(this.#room, found.identity, () => this.#gone.resolve()),
      followAudioTrack(this.#room, found.identity, (track) => this.#hear(track)),
    );
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
