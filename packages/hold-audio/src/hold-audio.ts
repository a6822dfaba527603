import { onAbort } from './async/abort-signal.js';
import type { Announcement, AnnouncementOutcome } from './options/announcement.js';
import { parseAnnouncement } from './options/parse-announcements.js';
import { TypedEventEmitter } from './async/event-emitter.js';
import { HoldAudioError } from './hold-audio-error.js';
import type { DegradedHold, HoldAudioEvents } from './play/hold-audio-events.js';
import { type ParsedOptions, type HoldAudioOptions, parseOptions } from './options/hold-audio-options.js';
import { signalOptions } from './options/hold-audio-shape.js';
import { validate } from './validate.js';
import { systemClock } from './play/clock.js';
import { findSeam } from './readers/loop-reader.js';
import { Playback } from './play/playback.js';
import { RoomTrackPort } from './play/room-track.js';
import { chooseSource } from './play/choose-source.js';
import { loadSources } from './play/load-sources.js';

export type HoldAudioState = 'idle' | 'starting' | 'playing' | 'stopping' | 'closed';

/**
 * Plays hold audio to a room, over and over, on a track of its own, until it is stopped. Can be started again after a
 * stop. Call `close()` when done; the room stays yours.
 */
export class HoldAudio implements AsyncDisposable {
  readonly #options: ParsedOptions;
  readonly #events = new TypedEventEmitter<HoldAudioEvents>();
  readonly #port: RoomTrackPort;
  #playback: Playback | undefined;
  #closed = false;

  /** @throws HoldAudioError `invalid-option` or `source-unsupported`, naming the option and what is allowed. */
  constructor(options: HoldAudioOptions) {
    this.#options = parseOptions(options);
    this.#port = new RoomTrackPort(this.#options.room);
  }

  get state(): HoldAudioState {
    if (this.#closed) return 'closed';
    const state = this.#playback?.state ?? 'over';
    return state === 'over' ? 'idle' : state;
  }

  /**
   * Set while the built-in clip plays in place of the source, or of a part of it; after a stop it tells of the last time
   * of playing.
   */
  get degraded(): DegradedHold | undefined {
    return this.#playback?.degraded;
  }

  /**
   * Decodes or computes the clip ahead of `start()`, in stretches of a few milliseconds beside whatever else runs.
   * Clips are kept per process, so one call serves every later caller. A stream of frames is not touched.
   *
   * @throws HoldAudioError `source-…` when the source cannot be played; the signal's reason when it is aborted.
   */
  async load(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#throwIfClosed();
    validate(signalOptions, options);
    for (const clip of await loadSources(this.#options, options.signal)) findSeam(clip);
  }

  /**
   * Publishes the track, silent, ahead of `start()`, which plays some 100 ms sooner then: the participants of the room have
   * subscribed to it. Without a `start()`, `stop()` or `close()` takes it back. After a failure, `start()` tries again.
   */
  publish(): void {
    this.#throwIfClosed();
    const { source, announcements, trackName } = this.#options;
    const isSilent = source.kind === 'silence' && announcements === undefined;
    if (!isSilent && this.#running() === undefined) this.#port.openAhead(trackName);
  }

  /**
   * Publishes the track and plays. Resolves when the first audio was handed over, or when `stop()` or `close()` came
   * first; look at `state` where that matters. While it plays already, it changes nothing. A source that cannot be
   * played is reported by `source-failed` and replaced by the built-in clip.
   *
   * @throws HoldAudioError `room-not-connected`, `publish-failed` or `closed`; the signal's reason when it is aborted
   * before the audio plays, which also stops it. The signal has no effect afterwards.
   */
  async start(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#throwIfClosed();
    validate(signalOptions, options);
    const { signal } = options;
    signal?.throwIfAborted();
    const playback = this.#running() ?? this.#play();
    const forget = signal && onAbort(signal, () => void playback.stop('aborted'));
    try {
      await playback.started;
    } finally {
      forget?.();
    }
    signal?.throwIfAborted();
  }

  /**
   * Says something over the music, which makes room for it, as soon as no other announcement is being said: a clip, frames
   * or `{ text }` for `synthesize`. Resolves with how it ended: `announced`, `cut-off` by a stop or the signal, `failed`
   * (`announcement-failed` says why) or `not-playing`.
   *
   * @throws HoldAudioError `invalid-option` or `source-unsupported` for what can never be announced, or `closed`.
   */
  async announce(
    announcement: Announcement,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<AnnouncementOutcome> {
    this.#throwIfClosed();
    validate(signalOptions, options);
    const checked = parseAnnouncement(announcement, 'announcement', this.#options.synthesize !== undefined);
    return this.#running()?.announce(checked, options.signal) ?? 'not-playing';
  }

  /** Fades out, unpublishes the track and resolves when it is gone. Never throws; without a start it does nothing. */
  async stop(): Promise<void> {
    await Promise.all([this.#playback?.stop('stopped'), this.#port.closeAhead()]);
  }

  /** Stops for good and forgets the listeners. Never throws; may be called again. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#playback?.stop('closed'), this.#port.closeAhead()]);
    this.#events.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  on<Name extends keyof HoldAudioEvents>(name: Name, listener: (event: HoldAudioEvents[Name]) => void): this {
    this.#events.on(name, listener);
    return this;
  }

  off<Name extends keyof HoldAudioEvents>(name: Name, listener: (event: HoldAudioEvents[Name]) => void): this {
    this.#events.off(name, listener);
    return this;
  }

  #running(): Playback | undefined {
    const state = this.#playback?.state;
    return state === 'starting' || state === 'playing' ? this.#playback : undefined;
  }

  #play(): Playback {
    const { room: _, source, ...options } = this.#options;
    this.#playback = new Playback({
      ...options,
      chosen: chooseSource(source, Math.random),
      port: this.#port,
      clock: systemClock,
      events: this.#events,
      after: this.#playback?.ended ?? Promise.resolve(),
    });
    return this.#playback;
  }

  #throwIfClosed(): void {
    if (this.#closed) throw new HoldAudioError('closed', 'this hold audio is closed; create another');
  }
}
