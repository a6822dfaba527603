import { setTimeout as sleep } from 'node:timers/promises';
import { AudioFrame, AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import { closeTrack, unpublish, within } from '@org/support';
import { HoldAudioError } from '../hold-audio-error.js';
import type { HoldPublication, HoldRoom } from '../options/hold-room.js';
import { SAMPLE_RATE } from '../pcm/clip.js';
import type { HoldTrack, HoldTrackPort } from './hold-track.js';
import { PlayedTime } from './played-time.js';

/** Fill level of the native queue at which a write resolves, which reveals its steps. */
const QUEUE_MS = 90;
/** Number of attempts to find a moment between two steps of the native queue. */
const TAKE_BACK_TRIES = 5;
const PUBLISH_TIMEOUT_MS = 10_000;
const UNPUBLISH_TIMEOUT_MS = 2000;

type Participant = NonNullable<HoldRoom['localParticipant']>;

/** Publishes hold tracks to an rtc-node room. */
export class RoomTrackPort implements HoldTrackPort {
  readonly #room: HoldRoom;
  /** The track that is published, silent, and not opened yet. */
  #ahead: Promise<RoomTrack | undefined> | undefined;

  constructor(room: HoldRoom) {
    this.#room = room;
  }

  /** Publishes the track of the next `open()`, which tries again after a failure. */
  openAhead(name: string): void {
    if (this.#room.isConnected) this.#ahead ??= this.#publish(name).catch(() => undefined);
  }

  async open(name: string, onLost: () => void): Promise<HoldTrack> {
    const track = (await this.#takeAhead()) ?? (await this.#publish(name));
    track.watch(onLost);
    return track;
  }

  /** Unpublishes a track that was not opened. Never throws. */
  async closeAhead(): Promise<void> {
    const track = await this.#takeAhead();
    await track?.close().catch(() => undefined);
  }

  /** Returns the track published ahead, unless it was lost with its room, which may be connected again. */
  async #takeAhead(): Promise<RoomTrack | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const track = await ahead;
    if (track?.isLost !== true) return track;
    await track.close().catch(() => undefined);
    return undefined;
  }

  async #publish(name: string): Promise<RoomTrack> {
    const participant = this.#room.localParticipant;
    if (!this.#room.isConnected || participant === undefined) {
      throw new HoldAudioError('room-not-connected', '"room" is not connected; connect it before start()');
    }
    const track = new RoomTrack(this.#room, participant, name);
    await track.publish();
    return track;
  }
}

class RoomTrack implements HoldTrack {
  readonly #room: HoldRoom;
  readonly #participant: Participant;
  #onLost: (() => void) | undefined;
  #isLost = false;
  readonly #source: AudioSource = new AudioSource(SAMPLE_RATE, 1, QUEUE_MS);
  readonly #track: LocalAudioTrack;
  readonly #played = new PlayedTime(QUEUE_MS);
  #publication: HoldPublication | undefined;

  constructor(room: HoldRoom, participant: Participant, name: string) {
    this.#room = room;
    this.#participant = participant;
    this.#track = LocalAudioTrack.createAudioTrack(name, this.#source);
    room.on('disconnected', this.#lose);
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Calls `onLost` when the track is lost together with its room, immediately if it already is. */
  watch(onLost: () => void): void {
    this.#onLost = onLost;
    if (this.#isLost) onLost();
  }

  async publish(): Promise<void> {
    // Discontinuous transmission is meant for speech; it would chop quiet passages.
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_UNKNOWN, dtx: false });
    const publishing = this.#participant.publishTrack(this.#track, options);
    try {
      this.#publication = await within(PUBLISH_TIMEOUT_MS, publishing, () => {
        throw new Error(`no answer within ${PUBLISH_TIMEOUT_MS} ms`);
      });
    } catch (cause) {
      this.#room.off('disconnected', this.#lose);
      // The room may accept the track after all, when it is no longer needed. A rejection is already in `cause`.
      void publishing.then((late) => this.#unpublish(late)).catch(() => undefined);
      await this.#track.close();
      throw new HoldAudioError('publish-failed', 'the room did not accept the hold audio track', { cause });
    }
  }

  async audible(): Promise<void> {
    if (this.#room.remoteParticipants?.size === 0) return;
    await this.#publication?.waitForSubscription();
  }

  async write(samples: Int16Array): Promise<void> {
    const calledAt = performance.now();
    await this.#source.captureFrame(new AudioFrame(samples, SAMPLE_RATE, 1, samples.length));
    this.#played.onWritten((samples.length / SAMPLE_RATE) * 1000, calledAt, performance.now());
  }

  async takeBack(): Promise<number> {
    for (let tries = 0; tries < TAKE_BACK_TRIES; tries += 1) {
      const waitMs = this.#played.untilCertain(performance.now());
      if (waitMs === undefined) return 0;
      if (waitMs === 0) {
        this.#source.clearQueue();
        return (this.#played.takeBack(performance.now()) / 1000) * SAMPLE_RATE;
      }
      await sleep(waitMs);
    }
    return 0;
  }

  async close(): Promise<void> {
    this.#room.off('disconnected', this.#lose);
    try {
      if (this.#publication !== undefined) await this.#unpublish(this.#publication);
    } finally {
      await closeTrack(this.#track, this.#source);
    }
  }

  readonly #lose = (): void => {
    this.#isLost = true;
    this.#onLost?.();
  };

  /** Continues after the timeout: a room that reconnects publishes the track again. */
  async #unpublish(publication: HoldPublication): Promise<void> {
    await within(UNPUBLISH_TIMEOUT_MS, unpublish(this.#room, publication), () => {
      throw new Error(`the track was not unpublished within ${UNPUBLISH_TIMEOUT_MS} ms`);
    });
  }
}
