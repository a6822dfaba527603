import { AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import type { LocalTrackPublication, Room } from '@livekit/rtc-node';
import { unpublish } from '@org/support';
import { within } from '../async/with-timeout.js';
import { muteTrack } from '../media/mute-track.js';
import { relaySampleRate } from '../media/audio-format.js';
import { voiceSinkMs } from './voice-queue.js';
import type { VoiceSink } from './voice-queue.js';

/** Publishing takes some 20 ms; a room that has lost its server may never answer. In milliseconds. */
const publishLimitMs = 10_000;

/** A track of ours in the room that should hear a person who is in the other room. */
export class RelayOutput {
  readonly room: Room;
  readonly #name: string;
  /**
   * With a queue, a thread of the media stack feeds the encoder every 10 ms, with silence when there is nothing: the
   * listener's jitter buffer takes a track that pauses for a network that delays, and adds that delay to all that follows.
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

  /** Whether anybody in the room listens to the track. */
  get subscribed(): boolean {
    return this.#subscribed;
  }

  async publish(): Promise<void> {
    const participant = this.room.localParticipant;
    if (!participant || !this.room.isConnected) throw new Error(`${this.#name}: the room is not connected`);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const publishing = this.#note(participant.publishTrack(this.track, options));
    await within(publishing, publishLimitMs, `publish ${this.#name}`);
  }

  async #note(publishing: Promise<LocalTrackPublication>): Promise<void> {
    const publication = await publishing;
    this.#publication = publication;
    // Too late: it was given up meanwhile.
    if (this.#closed) await this.#unpublish();
    else void this.#noteSubscription(publication);
  }

  async #noteSubscription(publication: LocalTrackPublication): Promise<void> {
    await publication.waitForSubscription();
    this.#subscribed = true;
  }

  /** Shows everybody in the room that there is nothing to hear at the moment. */
  showMuted(muted: boolean): void {
    if (this.#muted === muted || this.#closed || !this.#publication) return;
    this.#muted = muted;
    muteTrack(this.track, muted);
  }

  /** Where the voice goes. */
  get sink(): VoiceSink {
    return this.#source;
  }

  /** Call it when no frame is under way: a source that is closed with a frame in flight reports an invalid handle. */
  async close(limitMs: number): Promise<void> {
    this.#closed = true;
    try {
      await within(this.#unpublish(), limitMs, `unpublish ${this.#name}`);
    } finally {
      await this.track.close();
    }
  }

  async #unpublish(): Promise<void> {
    if (this.#publication) await unpublish(this.room, this.#publication);
  }
}
