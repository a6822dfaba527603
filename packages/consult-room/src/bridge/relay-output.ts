import {
  AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { closeTrack, unpublish, within } from '@org/support';
import { timedOut } from '../async/timed-out.js';
import { relaySampleRate } from '../media/audio-format.js';
import { muteTrack } from '../media/mute-track.js';
import { type VoiceSink, voiceSinkMs } from './voice-queue.js';

/** Timeout of publishing, in milliseconds. It takes some 20 ms; a room that has lost its server may never answer. */
const publishTimeoutMs = 10_000;

/** The track in the listener's room on which the voice from the other room is published. */
export class RelayOutput {
  readonly room: Room;
  readonly #name: string;
  /**
   * With a queue, a thread of the media stack feeds the encoder every 10 ms, with silence if there is nothing: the
   * listener's jitter buffer mistakes a track that pauses for a slow network, and adds that delay to all that follows.
   */
  readonly #source = new AudioSource(relaySampleRate, 1, voiceSinkMs);
  readonly track: LocalAudioTrack;
  #publication: LocalTrackPublication | undefined;
  #subscribed = false;
  #muted = false;
  #closed = false;

  constructor(room: Room, name: string) {
    this.room = room;
    this.#name = name;
    this.track = LocalAudioTrack.createAudioTrack(name, this.#source);
  }

  get sid(): string | undefined {
    return this.#publication?.sid;
  }

  /** Whether the track has a subscriber in the room. */
  get subscribed(): boolean {
    return this.#subscribed;
  }

  async publish(): Promise<void> {
    const participant = this.room.localParticipant;
    if (!participant || !this.room.isConnected) throw new Error(`${this.#name}: the room is not connected`);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const publishing = this.#note(participant.publishTrack(this.track, options));
    await within(publishTimeoutMs, publishing, timedOut(`publish ${this.#name}`));
  }

  async #note(publishing: Promise<LocalTrackPublication>): Promise<void> {
    const publication = await publishing;
    this.#publication = publication;
    // Publishing was abandoned meanwhile.
    if (this.#closed) await this.#unpublish();
    else void this.#noteSubscription(publication);
  }

  async #noteSubscription(publication: LocalTrackPublication): Promise<void> {
    await publication.waitForSubscription();
    this.#subscribed = true;
  }

  /** Shows the track as muted to the participants of the room, or as unmuted. */
  showMuted(muted: boolean): void {
    if (this.#muted === muted || this.#closed || !this.#publication) return;
    this.#muted = muted;
    muteTrack(this.track, muted);
  }

  /** The sink for the voice. */
  get sink(): VoiceSink {
    return this.#source;
  }

  /**
   * Unpublishes and closes the track. Call it when no frame is being sent: closing a source with a frame in flight
   * reports an invalid handle.
   */
  async close(timeoutMs: number): Promise<void> {
    this.#closed = true;
    try {
      await within(timeoutMs, this.#unpublish(), timedOut(`unpublish ${this.#name}`));
    } finally {
      await closeTrack(this.track, this.#source);
    }
  }

  async #unpublish(): Promise<void> {
    if (this.#publication) await unpublish(this.room, this.#publication);
  }
}
