import { AudioSource, type LocalTrackPublication, type Room, RoomEvent } from '@livekit/rtc-node';
import { dropAudio } from '@org/support';

/** The name under which an agent session publishes its voice. */
const VOICE_TRACK = 'roomio_audio';

/** The voice track that an agent session publishes in a room. Construct it before the session starts. */
export class VoiceTrack {
  readonly #room: Room;
  readonly #others: ReadonlySet<LocalTrackPublication>;
  readonly #onPublished = (): void => this.#releaseAll();

  constructor(room: Room) {
    this.#room = room;
    this.#others = new Set(voiceTracksOf(room));
  }

  /**
   * Lets a session close whose voice has no subscriber, for instance on a phone that was never answered. Such a session
   * waits for a first subscriber, also while it closes, and would then release nothing.
   */
  stopWaitingForSubscriber(): void {
    this.#room.on(RoomEvent.LocalTrackPublished, this.#onPublished);
    this.#releaseAll();
  }

  /** Drops the audio that has not been played. Call it before the session closes, which closes the source. */
  dropAudio(): void {
    for (const { track } of this.#own()) {
      const source: unknown = track && Reflect.get(track, 'source');
      if (source instanceof AudioSource) dropAudio(source);
    }
  }

  /** Unpublishes the track, which a closed session leaves published without a source. */
  async unpublish(): Promise<void> {
    this.#room.off(RoomEvent.LocalTrackPublished, this.#onPublished);
    for (const { sid, track } of this.#own()) {
      if (sid !== undefined && this.#room.isConnected) await this.#room.localParticipant?.unpublishTrack(sid);
      await track?.close();
    }
  }

  #releaseAll(): void {
    for (const publication of this.#own()) publication.resolveFirstSubscription();
  }

  #own(): LocalTrackPublication[] {
    return voiceTracksOf(this.#room).filter((publication) => !this.#others.has(publication));
  }
}

function voiceTracksOf(room: Room): LocalTrackPublication[] {
  const publications = [...(room.localParticipant?.trackPublications.values() ?? [])];
  return publications.filter(({ name }) => name === VOICE_TRACK);
}
