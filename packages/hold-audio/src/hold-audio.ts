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

/**
 * Plays hold audio to a room, repeatedly, on a track of its own, until it is stopped. It can be started again after a
 * stop. Call `close()` when done; it never disconnects the room.
 */
export class HoldAudio implements AsyncDisposable {
  readonly #options: ParsedOptions;
  readonly #events = new TypedEventEmitter<HoldAudioEvents>();
  readonly #port: RoomTrackPort;
  #playback: Playback | undefined;
  #closed = false;

  /** @throws HoldAudioError `invalid-option` or `source-unsupported`, with the option and the allowed values. */
  constructor(options: HoldAudioOptions) {
    this.#options = parseOptions(options);
    this.#port = new RoomTrackPort(this.#options.room);
  }

  get state(): 'idle' | 'starting' | 'playing' | 'stopping' | 'closed' {
    if (this.#closed) return 'closed';
    const state = this.#playback?.state ?? 'over';
    return state === 'over' ? 'idle' : state;
  }

  /**
   * Set while the built-in clip plays in place of the source, or of a part of it; after a stop it describes the last
   * playback.
   */
  get degraded(): DegradedHold | undefined {
    return this.#playback?.degraded;
  }

  /**
   * Decodes or computes the clip ahead of `start()`, in slices of a few milliseconds that leave the event loop free.
   * Clips are kept per process, so one call serves every later caller. A stream of frames is not read.
   *
   * @throws HoldAudioError `source-…` if the source cannot be played; the signal's reason if it is aborted.
   */
  async load(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#throwIfClosed();
    validate(signalOptions, options);
    for (const clip of await loadSources(this.#options, options.signal)) findSeam(clip);
  }

  /**
   * Publishes the track, silent, ahead of `start()`, which then plays about 100 ms sooner, since the participants of
   * the room have subscribed to it. Without a `start()`, `stop()` or `close()` unpublishes it. After a failure,
   * `start()` tries again.
   */
  publish(): void {
    this.#throwIfClosed();
    const { source, announcements, trackName } = this.#options;
    const isSilent = source.kind === 'silence' && announcements === undefined;
    if (!isSilent && this.#running() === undefined) this.#port.openAhead(trackName);
  }

  /**
   * Publishes the track and plays. Resolves when the first audio was written to the track, or when `stop()` or
   * `close()` was called first; check `state` where that matters. Has no effect while it already plays. A source that
   * cannot be played is reported by `source-failed` and replaced by the built-in clip.
   *
   * @throws HoldAudioError `room-not-connected`, `publish-failed` or `closed`; the signal's reason if it is aborted
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
   * Plays an announcement over the music, which is turned down, as soon as no other announcement plays: a clip, frames
   * or `{ text }` for `synthesize`. Resolves with its outcome: `announced`, `cut-off` by a stop or the signal, `failed`
   * (`announcement-failed` has the reason) or `not-playing`.
   *
   * @throws HoldAudioError `invalid-option` or `source-unsupported` for an invalid announcement, or `closed`.
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

  /** Fades out, unpublishes the track and resolves when it is gone. Never throws; has no effect without a start. */
  async stop(): Promise<void> {
    await Promise.all([this.#playback?.stop('stopped'), this.#port.closeAhead()]);
  }

  /** Stops permanently and removes the listeners. Never throws; may be called again. */
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
