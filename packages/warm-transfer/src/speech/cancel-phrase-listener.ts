import { stt } from '@livekit/agents';
import { type AudioFrame, AudioStream, type RemoteTrack, type Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { ModelScope } from '@org/briefing-agent';
import { type CancelWords, isCancel } from '../options/cancel-phrases.js';

interface HearCancelOptions {
  readonly room: Room;
  readonly callerIdentity: string | undefined;
  readonly words: CancelWords;
  readonly recognizer: stt.STT;
  /** Takes trouble with the recognizer: the caller still has the key, if there is one. */
  readonly note: (cause: unknown) => void;
}

/**
 * Hears a caller on hold ask for the AI. A recognizer's stream of its own: the session hears nothing, no model is asked,
 * and what else is said is forgotten at once.
 */
export class HearCancel {
  readonly #options: HearCancelOptions;
  readonly #listeners: Set<() => void> = new Set();
  #hearing: Hearing | undefined;

  constructor(options: HearCancelOptions) {
    this.#options = options;
  }

  /** Returns the way to stop. */
  onHeard(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#hearing !== undefined) return;
    const { room, callerIdentity, recognizer, words, note } = this.#options;
    try {
      this.#hearing = new Hearing(room, callerIdentity, recognizer, note, (said) => {
        if (isCancel(words, said)) for (const listener of this.#listeners) listener();
      });
    } catch (cause) {
      // The hold goes on without it.
      note(new Error('nobody listens for `cancelWords`', { cause }));
    }
  }

  /** Without effect when it does not listen. */
  stop(): void {
    this.#hearing?.close();
    this.#hearing = undefined;
  }
}

type AudioReader = ReadableStreamDefaultReader<AudioFrame>;

/** One time of listening: one stream of the recognizer, fed by whatever track the caller has. */
class Hearing {
  readonly #room: Room;
  readonly #callerIdentity: string | undefined;
  readonly #recognizer: stt.STT;
  readonly #note: (cause: unknown) => void;
  readonly #speech: stt.SpeechStream;
  #audio: AudioReader | undefined;
  #closed = false;

  constructor(
    room: Room,
    callerIdentity: string | undefined,
    recognizer: stt.STT,
    note: (cause: unknown) => void,
    heard: (said: string) => void,
  ) {
    this.#room = room;
    this.#callerIdentity = callerIdentity;
    this.#recognizer = recognizer;
    this.#note = note;
    // The recognizer may be the session's own, which must not hear of what fails here.
    const scope = new ModelScope([recognizer]);
    this.#speech = scope.run(() => recognizer.stream());
    scope.run(() => recognizer.on('error', this.#failed));
    void this.#read(heard).catch(note);
    room.on(RoomEvent.TrackSubscribed, this.#subscribed);
    const caller = callerIdentity === undefined ? undefined : room.remoteParticipants.get(callerIdentity);
    for (const { track } of caller?.trackPublications.values() ?? []) if (track !== undefined) this.#follow(track);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#room.off(RoomEvent.TrackSubscribed, this.#subscribed);
    this.#recognizer.off('error', this.#failed);
    void this.#audio?.cancel().catch(this.#note);
    this.#speech.close();
  }

  readonly #failed = ({ error }: { readonly error: unknown }): void => {
    this.#note(new Error('nobody listens for `cancelWords` well', { cause: error }));
  };

  readonly #subscribed = (
    track: RemoteTrack,
    _publication: unknown,
    { identity }: { readonly identity: string },
  ): void => {
    if (identity === this.#callerIdentity) this.#follow(track);
  };

  #follow(track: RemoteTrack): void {
    if (track.kind !== TrackKind.KIND_AUDIO) return;
    void this.#audio?.cancel().catch(this.#note);
    try {
      const audio = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: 20 }).getReader();
      this.#audio = audio;
      void this.#feed(audio).catch(this.#note);
    } catch (cause) {
      // A track that has just been taken away; another one is told of.
      this.#note(cause);
    }
  }

  async #feed(audio: AudioReader): Promise<void> {
    for (let next = await audio.read(); !next.done; next = await audio.read()) {
      if (this.#closed) return;
      this.#speech.pushFrame(next.value);
    }
  }

  async #read(heard: (said: string) => void): Promise<void> {
    for await (const { type, alternatives } of this.#speech) {
      if (this.#closed) return;
      if (type === stt.SpeechEventType.FINAL_TRANSCRIPT) heard(alternatives?.[0].text ?? '');
    }
  }
}

const SAMPLE_RATE = 24_000;
