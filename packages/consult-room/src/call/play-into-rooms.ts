import {
  type AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { closeTrack, within } from '@org/support';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import { timedOut } from '../async/timed-out.js';
import { ConsultRoomError } from '../consult-room-error.js';

/** Name of the track on which an introduction is played. */
const introductionTrackName = 'consult-room.introduction';

/** How long to wait for a subscriber, who otherwise misses the beginning, in milliseconds. */
const subscribeTimeoutMs = 1_000;

/** Timeout of publishing, in milliseconds: a room that has lost its server may never answer. */
const publishTimeoutMs = 5_000;

/** Audio that is queued ahead of time, so that a late frame leaves no gap, in milliseconds. */
const queueMs = 200;

const operation = 'play to caller and human agent';

/**
 * Plays the same frames into every room, each on a track of its own, and unpublishes the tracks. Resolves when all
 * frames were played; stops immediately when `signal` aborts.
 *
 * @throws ConsultRoomError `media` or `aborted`
 */
export async function playIntoRooms(
  rooms: readonly Room[],
  frames: AsyncIterable<AudioFrame>,
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfAborted(signal, operation);
  let speakers: Speaker[] = [];
  const iterator = frames[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value: frame } = await raceSignal(iterator.next(), signal, operation);
      if (done === true) break;
      if (speakers.length === 0) {
        speakers = rooms.map((room) => new Speaker(room, frame.sampleRate, frame.channels));
        await raceSignal(Promise.all(speakers.map((speaker) => speaker.publish())), signal, operation);
      }
      await raceSignal(Promise.all(speakers.map((speaker) => speaker.send(frame))), signal, operation);
    }
    await raceSignal(Promise.all(speakers.map((speaker) => speaker.played())), signal, operation);
  } catch (error) {
    throw toConsultRoomError(error, operation, 'media');
  } finally {
    // A slow source must not delay the end of the tracks; its failure is not reported.
    void iterator.return?.().catch(() => undefined);
    await Promise.all(speakers.map((speaker) => speaker.close()));
  }
}

class Speaker {
  readonly #room: Room;
  readonly #source: AudioSource;
  readonly #track: LocalAudioTrack;
  #publication: LocalTrackPublication | undefined;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(room: Room, sampleRate: number, channels: number) {
    this.#room = room;
    this.#source = new AudioSource(sampleRate, channels, queueMs);
    this.#track = LocalAudioTrack.createAudioTrack(introductionTrackName, this.#source);
  }

  async publish(): Promise<void> {
    const participant = this.#room.localParticipant;
    if (!participant || !this.#room.isConnected)
      throw new ConsultRoomError('media', `${operation}: a room is not connected`);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    this.#publication = await within(
      publishTimeoutMs,
      participant.publishTrack(this.#track, options),
      timedOut(operation),
    );
    await Promise.race([this.#publication.waitForSubscription(), sleep(subscribeTimeoutMs)]);
  }

  async send(frame: AudioFrame): Promise<void> {
    const sending = this.#source.captureFrame(frame);
    this.#sending = sending.catch(() => undefined); // Reported to the sender; only its end counts here.
    await sending;
  }

  played(): Promise<void> {
    return this.#source.waitForPlayout();
  }

  /** Never rejects: a track that cannot be unpublished must not end the call. */
  async close(): Promise<void> {
    this.#source.clearQueue();
    await Promise.race([this.#sending, sleep(queueMs)]);
    const sid = this.#publication?.sid;
    try {
      if (sid !== undefined && this.#room.isConnected) await this.#room.localParticipant?.unpublishTrack(sid);
    } catch {
      // The room is being lost, and its tracks with it.
    }
    await closeTrack(this.#track, this.#source);
  }
}
