import { AudioFrame, RoomEvent } from '@livekit/rtc-node';
import type { RemoteTrack, Room } from '@livekit/rtc-node';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import { within } from '../async/with-timeout.js';
import { isVoiceMixed, mixedEncryption } from '../merge/encryption.js';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { pumpFrames } from '../media/frame-pump.js';
import type { FramePump } from '../media/frame-pump.js';
import { hasSound } from '../media/has-sound.js';
import type { MergeDirection, Side } from '../merge/merge-result.js';
import type { Flow } from '../merge/verify-audio-flow.js';
import type { RelayCounts, VoiceFrame } from '../call/call-media.js';
import { RelayOutput } from './relay-output.js';
import { VoiceQueue } from './voice-queue.js';

export interface AudioRelayOptions {
  readonly direction: MergeDirection;
  readonly from: Room;
  /** Whose voice is relayed. Nobody else's is: no music, no agent. */
  readonly identity: string;
  /** Who is to hear it, and where. */
  readonly listener: Flow['listener'];
  readonly trackName: string;
  /** Called with every frame that goes through. */
  readonly onVoice: (voice: VoiceFrame) => void;
  readonly onWarning: (error: ConsultRoomError) => void;
}

/** Peak of a frame that must be heard on the other side: -50 dBFS. */
const audiblePeak = 104;

/** One direction of a bridge: one person's voice, through a gate, as a track of its own in the other room. */
export class AudioRelay implements Flow {
  readonly direction: MergeDirection;
  readonly from: Room;
  readonly identity: string;
  readonly listener: Flow['listener'];
  readonly #output: RelayOutput;
  readonly #queue: VoiceQueue;
  readonly #onVoice: (voice: VoiceFrame) => void;
  readonly #onWarning: (error: ConsultRoomError) => void;
  #pump: FramePump | undefined;
  /** The pumps of earlier tracks, on their way out. */
  readonly #stopping = new Set<Promise<void>>();
  #unfollow: (() => void) | undefined;
  #open = false;
  #withheldUntil = 0;
  #muted = false;
  /** The same, for as long as the person is heard in another way. */
  held = false;
  #closed = false;
  #sinceOpen = 0;
  #sound = { read: 0, written: 0 };
  #forwarded = 0;
  #failed = 0;
  #dropped = 0;

  constructor(options: AudioRelayOptions) {
    this.direction = options.direction;
    this.from = options.from;
    this.identity = options.identity;
    this.listener = options.listener;
    this.#output = new RelayOutput(options.listener.room, options.trackName);
    this.#queue = new VoiceQueue(this.#output.sink, {
      onSending: (frame) => this.#onVoice({ side: this.side, identity: this.identity, frame }),
      onSent: (frame) => this.#countSent(frame),
      onDropped: (frame) => this.#countDropped(frame),
      onFailed: (error) => this.#countFailed(error),
    });
    this.#onVoice = options.onVoice;
    this.#onWarning = options.onWarning;
  }

  /** Publishes the track, silent, and waits for the person's own. */
  async start(): Promise<void> {
    const show = (): void => this.#showMuted();
    for (const event of [RoomEvent.TrackMuted, RoomEvent.TrackUnmuted] as const) this.from.on(event, show);
    const unfollow = followAudioTrack(this.from, this.identity, (track) => this.#attach(track));
    this.#unfollow = (): void => {
      for (const event of [RoomEvent.TrackMuted, RoomEvent.TrackUnmuted] as const) this.from.off(event, show);
      unfollow();
    };
    await this.#output.publish();
  }

  get track(): RemoteTrack | undefined {
    return this.#pump?.track;
  }

  get side(): Side {
    return this.direction === 'caller-to-human' ? 'caller' : 'human';
  }

  get relayed(): NonNullable<Flow['relayed']> {
    const { sid, subscribed } = this.#output;
    return { sid, subscribed, framesSinceOpen: this.#sinceOpen, soundFrames: this.#sound };
  }

  get counts(): RelayCounts {
    return {
      forwardedFrames: this.#forwarded,
      failedFrames: this.#failed,
      droppedFrames: this.#dropped,
    };
  }

  /** Relays the voice, and silence in its place for so many milliseconds first. */
  open(withholdMs = 0): void {
    this.#withheldUntil = performance.now() + withholdMs;
    this.#sinceOpen = 0;
    this.#sound = { read: 0, written: 0 };
    this.#muted = false;
    this.held = false;
    this.#open = true;
    this.#showMuted();
  }

  /** A frame that is being sent at this moment still goes through; none after it. */
  shut(): void {
    this.#open = false;
    this.#forgetWaiting();
    this.#showMuted();
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Silence in place of the voice until the gate opens anew. */
  mute(muted: boolean): void {
    this.#muted = muted;
    if (muted) this.#forgetWaiting();
    this.#showMuted();
  }

  async close(limitMs: number): Promise<void> {
    this.#forgetWaiting();
    this.#closed = true;
    this.#open = false;
    this.#unfollow?.();
    try {
      await within(Promise.all([...this.#stopping, this.#queue.settled()]), limitMs, `stop relaying ${this.direction}`);
    } finally {
      await this.#output.close(limitMs);
    }
  }

  #attach(track: RemoteTrack | undefined): void {
    const old = this.#pump;
    const mixed = track !== undefined && isVoiceMixed(this.from, this.identity, this.listener.room);
    // A participant may publish an encrypted track while they are merged.
    if (mixed) this.#onWarning(mixedEncryption(this.direction));
    this.#pump = track && !mixed ? pumpFrames(track, (frame) => this.#relay(frame)) : undefined;
    if (old) this.#keep(old.stop());
    this.#showMuted();
  }

  /** The source of a track that was closed cannot be asked any more. */
  #forgetWaiting(): void {
    if (!this.#closed) this.#queue.clear();
  }

  /** The other side sees whether the person is muted, by themselves or by us, but only while they could hear them. */
  #showMuted(): void {
    // A track that is taken back says nothing more.
    if (this.#closed) return;
    try {
      this.#output.showMuted(this.#open && (this.#muted || this.track?.muted === true));
    } catch (error) {
      this.#onWarning(toConsultRoomError(error, `show a mute (${this.direction})`, 'media'));
    }
  }

  /** What is on its way out has to be gone before the track can be closed. */
  #keep(stopping: Promise<void>): void {
    const kept = stopping.catch((error: unknown) => {
      this.#onWarning(toConsultRoomError(error, `stop reading (${this.direction})`, 'media'));
    });
    this.#stopping.add(kept);
    void kept.finally(() => this.#stopping.delete(kept));
  }

  /** Passes a frame on while the gate is open; without one, the listener hears silence. */
  #relay(frame: AudioFrame): void {
    if (!this.#open) return;
    if (performance.now() < this.#withheldUntil) {
      this.#queue.push(AudioFrame.create(frame.sampleRate, frame.channels, frame.samplesPerChannel));
      return;
    }
    if (hasSound(frame, audiblePeak)) this.#sound.read += 1;
    if (!this.#muted && !this.held) this.#queue.push(frame);
  }

  #countSent(frame: AudioFrame): void {
    this.#forwarded += 1;
    this.#sinceOpen += 1;
    if (hasSound(frame, audiblePeak)) this.#sound.written += 1;
  }

  /** What is too old to be heard says nothing about whether the rest is. */
  #countDropped(frame: AudioFrame): void {
    this.#dropped += 1;
    if (hasSound(frame, audiblePeak)) this.#sound.read -= 1;
  }

  #countFailed(error: unknown): void {
    // The media stack may refuse single frames and then go on; the proof and the count tell if it does not.
    this.#failed += 1;
    if (this.#failed === 1) this.#onWarning(toConsultRoomError(error, `relay a frame (${this.direction})`, 'media'));
  }
}
