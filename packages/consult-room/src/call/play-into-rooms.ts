import { AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from '@livekit/rtc-node';
import type { AudioFrame, LocalTrackPublication, Room } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { raceSignal, throwIfAborted } from '../async/race-signal.js';
import { sleep } from '../async/sleep.js';
import { within } from '../async/with-timeout.js';

/** Name of the track on which an introduction is played. */
export const introductionTrackName = 'consult-room.introduction';

/** Who has not subscribed by then misses the beginning. In milliseconds. */
const subscribeLimitMs = 1_000;

/** A room that has lost its server may never answer. In milliseconds. */
const publishLimitMs = 5_000;

/** What is handed over ahead of its time, so that a late frame leaves no gap. In milliseconds. */
const queueMs = 200;

const doing = 'play to both';

/**
 * Plays the same frames into every room, each on a track of its own, and takes the tracks back. Resolves when all was
 * played; ends at once with `signal`.
 *
 * @throws ConsultRoomError `media` or `aborted`.
 */
export async function playInto(
  rooms: readonly Room[],
  frames: AsyncIterable<AudioFrame>,
  signal: AbortSignal | undefined,
): Promise<void> {
  throwIfAborted(signal, doing);
  let speakers: Speaker[] = [];
  const iterator = frames[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value: frame } = await raceSignal(iterator.next(), signal, doing);
      if (done === true) break;
      if (speakers.length === 0) {
        speakers = rooms.map((room) => new Speaker(room, frame.sampleRate, frame.channels));
        await raceSignal(Promise.all(speakers.map((speaker) => speaker.publish())), signal, doing);
      }
      await raceSignal(Promise.all(speakers.map((speaker) => speaker.send(frame))), signal, doing);
    }
    await raceSignal(Promise.all(speakers.map((speaker) => speaker.played())), signal, doing);
  } catch (error) {
    throw toConsultRoomError(error, doing, 'media');
  } finally {
    // A source that is slow to end must not hold up the tracks; its failure is its own.
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
      throw new ConsultRoomError('media', `${doing}: a room is not connected`);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    this.#publication = await within(participant.publishTrack(this.#track, options), publishLimitMs, doing);
    await Promise.race([this.#publication.waitForSubscription(), sleep(subscribeLimitMs)]);
  }

  async send(frame: AudioFrame): Promise<void> {
    const sending = this.#source.captureFrame(frame);
    this.#sending = sending.catch(() => undefined); // Told to who sends; here only its end counts.
    await sending;
  }

  played(): Promise<void> {
    return this.#source.waitForPlayout();
  }

  /** Never rejects: the call is worth more than the track of its introduction. */
  async close(): Promise<void> {
    this.#source.clearQueue();
    await Promise.race([this.#sending, sleep(queueMs)]);
    const sid = this.#publication?.sid;
    try {
      if (sid !== undefined && this.#room.isConnected) await this.#room.localParticipant?.unpublishTrack(sid);
    } catch {
      // The room is being lost, and its tracks with it.
    }
    await this.#track.close();
  }
}
