import {
  AudioStream,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node';
import { deferred } from '@org/support';
import { BeepDetector } from './beep-detector.js';

const SAMPLE_RATE = 16_000;

/** Listens for a beep on one participant's line, from its construction on. */
export class BeepListener {
  /** Resolves when a beep has ended; stays pending without one. */
  readonly heard: Promise<void>;
  readonly #found: () => void;
  readonly #room: Room;
  readonly #identity: string;
  readonly #readers: { cancel(): Promise<void> }[] = [];
  readonly #onTrack = (track: RemoteTrack, _: unknown, { identity }: RemoteParticipant): void => {
    if (identity !== this.#identity || track.kind !== TrackKind.KIND_AUDIO) return;
    // A broken line has no beep: the timeout decides.
    this.#listen(track).catch(() => this.close());
  };

  constructor(room: Room, identity: string) {
    const { promise, resolve } = deferred<void>();
    this.heard = promise;
    this.#found = () => resolve();
    this.#room = room;
    this.#identity = identity;
    room.on(RoomEvent.TrackSubscribed, this.#onTrack);
    const participant = room.remoteParticipants.get(identity);
    for (const { track } of participant?.trackPublications.values() ?? []) {
      if (participant !== undefined && track !== undefined) this.#onTrack(track, undefined, participant);
    }
  }

  /** Idempotent, never throws. */
  async close(): Promise<void> {
    this.#room.off(RoomEvent.TrackSubscribed, this.#onTrack);
    await Promise.allSettled(this.#readers.splice(0).map((reader) => reader.cancel()));
  }

  async #listen(track: RemoteTrack): Promise<void> {
    const detector = new BeepDetector(SAMPLE_RATE);
    const reader = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: 20 }).getReader();
    this.#readers.push(reader);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (detector.hear(value.data)) this.#found();
    }
  }
}
