import { stt } from '@livekit/agents';
import { type AudioFrame, AudioStream, type RemoteTrack, type Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { ModelScope } from '@org/briefing-agent';
import { type CancelPhrases, isCancel } from '../options/cancel-phrases.js';

interface CancelPhraseListenerOptions {
  readonly room: Room;
  readonly callerIdentity: string | undefined;
  readonly words: CancelPhrases;
  readonly recognizer: stt.STT;
  /** Receives errors of the STT; the cancel key, if any, still works. */
  readonly warn: (cause: unknown) => void;
}

/**
 * Listens for the cancel phrases of a caller on hold, by a separate stream of an STT: the session hears nothing, no
 * model is called, and other words are discarded immediately.
 */
export class CancelPhraseListener {
  readonly #options: CancelPhraseListenerOptions;
  readonly #listeners: Set<() => void> = new Set();
  #stream: PhraseStream | undefined;

  constructor(options: CancelPhraseListenerOptions) {
    this.#options = options;
  }

  /** Adds a listener and returns a function that removes it. */
  onHeard(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#stream !== undefined) return;
    const { room, callerIdentity, recognizer, words, warn } = this.#options;
    try {
      this.#stream = new PhraseStream(room, callerIdentity, recognizer, warn, (said) => {
        if (isCancel(words, said)) for (const listener of this.#listeners) listener();
      });
    } catch (cause) {
      // The hold continues without it.
      warn(new Error('the listener for `cancelPhrases` failed to start', { cause }));
    }
  }

  /** Stops listening, if it does. */
  stop(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }
}

type AudioReader = ReadableStreamDefaultReader<AudioFrame>;

/** One stream of the STT, fed by the caller's current audio track. */
class PhraseStream {
  readonly #room: Room;
  readonly #callerIdentity: string | undefined;
  readonly #recognizer: stt.STT;
  readonly #warn: (cause: unknown) => void;
  readonly #speech: stt.SpeechStream;
  #audio: AudioReader | undefined;
  #closed = false;

  constructor(
    room: Room,
    callerIdentity: string | undefined,
    recognizer: stt.STT,
    warn: (cause: unknown) => void,
    heard: (said: string) => void,
  ) {
    this.#room = room;
    this.#callerIdentity = callerIdentity;
    this.#recognizer = recognizer;
    this.#warn = warn;
    // The STT may be the session's, which must not get errors of this stream.
    const scope = new ModelScope([recognizer]);
    this.#speech = scope.run(() => recognizer.stream());
    scope.run(() => recognizer.on('error', this.#failed));
    void this.#read(heard).catch(warn);
    room.on(RoomEvent.TrackSubscribed, this.#subscribed);
    const caller = callerIdentity === undefined ? undefined : room.remoteParticipants.get(callerIdentity);
    for (const { track } of caller?.trackPublications.values() ?? []) if (track !== undefined) this.#follow(track);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#room.off(RoomEvent.TrackSubscribed, this.#subscribed);
    this.#recognizer.off('error', this.#failed);
    void this.#audio?.cancel().catch(this.#warn);
    this.#speech.close();
  }

  readonly #failed = ({ error }: { readonly error: unknown }): void => {
    this.#warn(new Error('the STT for `cancelPhrases` failed', { cause: error }));
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
    void this.#audio?.cancel().catch(this.#warn);
    try {
      const audio = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs: 20 }).getReader();
      this.#audio = audio;
      void this.#feed(audio).catch(this.#warn);
    } catch (cause) {
      // The track has just been unpublished; the next one emits an event.
      this.#warn(cause);
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
