import { AudioFrame, type RemoteTrack, type Room, RoomEvent } from '@livekit/rtc-node';
import { within } from '@org/support';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { PendingWork } from '../async/pending-work.js';
import { timedOut } from '../async/timed-out.js';
import type { RelayCounts, VoiceFrame } from '../call/call-media.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { type FramePump, pumpFrames } from '../media/frame-pump.js';
import { hasSound } from '../media/has-sound.js';
import { isVoiceMixed, mixedEncryption } from '../merge/encryption.js';
import type { MergeDirection, MergeSide } from '../merge/merge-result.js';
import type { AudioFlow } from '../merge/verify-audio-flow.js';
import { RelayOutput } from './relay-output.js';
import { VoiceQueue } from './voice-queue.js';

export interface AudioRelayOptions {
  readonly direction: MergeDirection;
  readonly from: Room;
  /** The speaker: only this participant's voice is relayed, no music and no agent. */
  readonly identity: string;
  /** The participant who should hear the voice, and the room of that participant. */
  readonly listener: AudioFlow['listener'];
  readonly trackName: string;
  /** Called with each relayed frame. */
  readonly onVoice: (voice: VoiceFrame) => void;
  readonly onWarning: (error: ConsultRoomError) => void;
}

/** Peak of a frame that must be heard on the other side: -50 dBFS. */
const audiblePeak = 104;

/** One direction of a bridge: the voice of one speaker, through a gate, as a track in the other room. */
export class AudioRelay implements AudioFlow {
  readonly direction: MergeDirection;
  readonly from: Room;
  readonly identity: string;
  readonly listener: AudioFlow['listener'];
  readonly #output: RelayOutput;
  readonly #queue: VoiceQueue;
  readonly #onVoice: (voice: VoiceFrame) => void;
  readonly #onWarning: (error: ConsultRoomError) => void;
  #pump: FramePump | undefined;
  /** The pumps of earlier tracks, while they stop. */
  readonly #stopping = new PendingWork();
  #unfollow: (() => void) | undefined;
  #open = false;
  #withheldUntil = 0;
  #muted = false;
  /** Whether silence is relayed in place of the voice, because the speaker is heard in another way. */
  silenced = false;
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

  /** Publishes the track, silent, and starts to follow the speaker's own track. */
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

  get side(): MergeSide {
    return this.direction === 'caller-to-human' ? 'caller' : 'human';
  }

  get relayed(): NonNullable<AudioFlow['relayed']> {
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

  /** Opens the gate. Relays silence in place of the voice for the first `withholdMs` milliseconds. */
  openGate(withholdMs = 0): void {
    this.#withheldUntil = performance.now() + withholdMs;
    this.#sinceOpen = 0;
    this.#sound = { read: 0, written: 0 };
    this.#muted = false;
    this.silenced = false;
    this.#open = true;
    this.#showMuted();
  }

  /** Closes the gate. A frame that is being sent at this moment still goes through, no later one does. */
  closeGate(): void {
    this.#open = false;
    this.#clearQueue();
    this.#showMuted();
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Relays silence in place of the voice until the gate opens again. */
  mute(muted: boolean): void {
    this.#muted = muted;
    if (muted) this.#clearQueue();
    this.#showMuted();
  }

  async close(timeoutMs: number): Promise<void> {
    this.#clearQueue();
    this.#closed = true;
    this.#open = false;
    this.#unfollow?.();
    try {
      const sent = Promise.all([this.#stopping.settled(), this.#queue.settled()]);
      await within(timeoutMs, sent, timedOut(`stop relaying ${this.direction}`));
    } finally {
      await this.#output.close(timeoutMs);
    }
  }

  #attach(track: RemoteTrack | undefined): void {
    const old = this.#pump;
    const mixed = track !== undefined && isVoiceMixed(this.from, this.identity, this.listener.room);
    // A participant may publish an encrypted track during the call.
    if (mixed) this.#onWarning(mixedEncryption(this.direction));
    this.#pump = track && !mixed ? pumpFrames(track, (frame) => this.#relay(frame)) : undefined;
    if (old) this.#keep(old.stop());
    this.#showMuted();
  }

  /** Clears the queue, unless the relay is closed: the source of a closed track cannot be used. */
  #clearQueue(): void {
    if (!this.#closed) this.#queue.clear();
  }

  /**
   * Shows on the published track whether the speaker is muted, by the speaker or by `mute()`, but only while the gate
   * is open.
   */
  #showMuted(): void {
    // A track that is being unpublished shows nothing more.
    if (this.#closed) return;
    try {
      this.#output.showMuted(this.#open && (this.#muted || this.track?.muted === true));
    } catch (error) {
      this.#onWarning(toConsultRoomError(error, `show as muted (${this.direction})`, 'media'));
    }
  }

  /** Keeps a pump that is stopping: it must have stopped before the track can be closed. */
  #keep(stopping: Promise<void>): void {
    const stopped = stopping.catch((error: unknown) => {
      this.#onWarning(toConsultRoomError(error, `stop reading (${this.direction})`, 'media'));
    });
    this.#stopping.add(stopped);
  }

  /** Relays a frame while the gate is open; otherwise the listener hears silence. */
  #relay(frame: AudioFrame): void {
    if (!this.#open) return;
    if (performance.now() < this.#withheldUntil) {
      this.#queue.push(AudioFrame.create(frame.sampleRate, frame.channels, frame.samplesPerChannel));
      return;
    }
    if (hasSound(frame, audiblePeak)) this.#sound.read += 1;
    if (!this.#muted && !this.silenced) this.#queue.push(frame);
  }

  #countSent(frame: AudioFrame): void {
    this.#forwarded += 1;
    this.#sinceOpen += 1;
    if (hasSound(frame, audiblePeak)) this.#sound.written += 1;
  }

  /** Excludes a frame that is too old from the sound that must be heard. */
  #countDropped(frame: AudioFrame): void {
    this.#dropped += 1;
    if (hasSound(frame, audiblePeak)) this.#sound.read -= 1;
  }

  #countFailed(error: unknown): void {
    // The media stack may reject single frames and then continue; the verification and the count show if it does not.
    this.#failed += 1;
    if (this.#failed === 1) this.#onWarning(toConsultRoomError(error, `relay a frame (${this.direction})`, 'media'));
  }
}
