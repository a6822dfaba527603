import { within } from '@org/support';
import { aborted } from '../async/abort-signal.js';
import { Announcer } from '../announce/announcer.js';
import type { AnnouncementOutcome } from '../options/announcement.js';
import type { ParsedAnnouncement } from '../options/parse-announcements.js';
import type { TypedEventEmitter } from '../async/event-emitter.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { DegradedHold, HoldAudioEvents, HoldStopReason } from './hold-audio-events.js';
import type { ParsedOptions } from '../options/hold-audio-options.js';
import { SAMPLE_RATE } from '../pcm/clip.js';
import type { PlayableSource, Silence } from '../source/parse-source.js';
import type { ChosenSource } from './choose-source.js';
import type { Clock } from './clock.js';
import { Fader } from './fader.js';
import { GainReader } from '../readers/gain-reader.js';
import type { HoldTrack, HoldTrackPort } from './hold-track.js';
import { Limiter } from './limiter.js';
import type { PcmReader } from '../readers/pcm-reader.js';
import { pump } from './pump.js';
import { SilenceReader } from '../readers/silence-reader.js';
import { SourceReader } from '../readers/source-reader.js';

/** Timeout beyond the fade-out: a track that accepts no more frames must not delay a stop. */
const STOP_TIMEOUT_MS = 1000;
/** How long the first audio waits for a subscriber. */
const LISTENER_TIMEOUT_MS = 500;

export interface PlaybackOptions extends Omit<ParsedOptions, 'room' | 'source'> {
  readonly chosen: ChosenSource;
  readonly port: HoldTrackPort;
  readonly clock: Clock;
  readonly events: TypedEventEmitter<HoldAudioEvents>;
  /** Resolves when the previous playback has closed its track. */
  readonly after: Promise<void>;
}

/** One playback, from its start to its stop, with a track of its own. */
export class Playback {
  /** Resolves when audio plays or a stop came first; rejects if the room did not accept the track or was lost. */
  readonly started: Promise<void>;
  /** Resolves when everything is released; never rejects. */
  readonly ended: Promise<void>;
  readonly #options: PlaybackOptions;
  readonly #createdAt: number;
  readonly #stop = new AbortController();
  readonly #lost = new AbortController();
  #reason: HoldStopReason = 'stopped';
  #startedAt: number | undefined;
  #looped = 0;
  #announcer: Announcer | undefined;
  #degraded: DegradedHold | undefined;
  #isOver = false;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#createdAt = options.clock.now();
    const playing = new AbortController();
    const running = this.#run(() => playing.abort());
    // A lost room stops it too, unrequested: then `running` has the error.
    const stopped = aborted(this.#stop.signal).then(() => (this.#lost.signal.aborted ? running : undefined));
    this.started = Promise.race([running, aborted(playing.signal), stopped]);
    this.ended = running.catch(() => undefined);
  }

  get state(): 'starting' | 'playing' | 'stopping' | 'over' {
    if (this.#isOver) return 'over';
    if (this.#stop.signal.aborted) return 'stopping';
    return this.#startedAt === undefined ? 'starting' : 'playing';
  }

  /** Set once the built-in clip has replaced the source, or a part of it. */
  get degraded(): DegradedHold | undefined {
    return this.#degraded;
  }

  /** Plays an announcement over the music; resolves when it ended. */
  async announce(item: ParsedAnnouncement, signal?: AbortSignal): Promise<AnnouncementOutcome> {
    // The caller of `start()` handles its failure.
    if (this.state === 'starting') await this.started.catch(() => undefined);
    if (this.#stop.signal.aborted) return 'cut-off';
    return this.#announcer?.announce(item, signal) ?? 'not-playing';
  }

  /** Fades out and closes the track; the first reason counts. Announcements end immediately. */
  stop(reason: HoldStopReason): Promise<void> {
    if (this.state !== 'stopping' && this.state !== 'over') this.#reason = reason;
    this.#stop.abort();
    this.#announcer?.silence();
    return this.ended;
  }

  async #run(onStarted: () => void): Promise<void> {
    const { after, chosen } = this.#options;
    const { source } = chosen;
    const markStarted = (): void => {
      this.#startedAt = this.#options.clock.now();
      this.#options.events.emit('started', { afterMs: this.#startedAt - this.#createdAt });
      onStarted();
    };
    await after;
    let error: Error | undefined;
    try {
      if (this.#stop.signal.aborted) return;
      if (source.kind === 'silence' && this.#options.announcements === undefined) {
        markStarted();
        await aborted(this.#stop.signal);
      } else {
        await this.#play(source, markStarted);
      }
    } catch (cause) {
      error = cause instanceof Error ? cause : new Error('the track failed', { cause });
    } finally {
      this.#isOver = true;
    }
    this.#report(error);
  }

  async #play(source: PlayableSource | Silence, markStarted: () => void): Promise<void> {
    const { port, trackName, volume } = this.#options;
    const fader = new Fader(SAMPLE_RATE);
    const reader = source.kind === 'silence' ? new SilenceReader() : this.#openSource(source, fader);
    const announcer = this.#openAnnouncer(new GainReader(reader, volume));
    this.#announcer = announcer;
    if (source.kind === 'silence') fader.fadeIn(0);
    try {
      // The source loads while the track is published.
      const track = await port.open(trackName, () => this.#onLost());
      try {
        await Promise.race([Promise.all([reader.ready, this.#heard(track)]), aborted(this.#stop.signal)]);
        if (!this.#stop.signal.aborted) await this.#pumpUntilStopped(track, new Limiter(announcer), fader, markStarted);
      } finally {
        await track.close();
      }
    } finally {
      announcer.close();
    }
  }

  #openSource(source: PlayableSource, fader: Fader): SourceReader {
    const { events, stallTimeoutMs, fadeInMs, chosen, startAt } = this.#options;
    return new SourceReader({
      source,
      sourceVolume: chosen.volume,
      startOffset: startAt === 'random' ? Math.random() : 0,
      limits: this.#options,
      stallTimeoutMs,
      // Not while fading out: that fade continues.
      onSwitched: () => void (this.#stop.signal.aborted || fader.fadeIn(fadeInMs)),
      onLooped: () => events.emit('looped', { times: (this.#looped += 1) }),
      onFailed: (error) => {
        this.#degraded ??= { error };
        events.emit('source-failed', { error });
      },
    });
  }

  #openAnnouncer(music: PcmReader): Announcer {
    const { events, announcements, announcementVolume, synthesize, duckTo, stallTimeoutMs } = this.#options;
    return new Announcer({
      music,
      schedule: announcements,
      volume: announcementVolume,
      synthesize,
      duckTo,
      stallTimeoutMs,
      limits: this.#options,
      onAnnounced: (lastedMs) => events.emit('announced', { lastedMs }),
      onFailed: (error) => events.emit('announcement-failed', { error }),
    });
  }

  /** Waits for a subscriber, who would otherwise miss the fade-in and the first notes; but there may never be one. */
  #heard(track: HoldTrack): Promise<void> {
    return within(LISTENER_TIMEOUT_MS, Promise.race([track.audible(), aborted(this.#stop.signal)]), () => undefined);
  }

  async #pumpUntilStopped(track: HoldTrack, reader: PcmReader, fader: Fader, onFirstFrame: () => void): Promise<void> {
    const { clock, fadeOutMs } = this.#options;
    const [stop, lost] = [this.#stop.signal, this.#lost.signal];
    const pumping = pump({ reader, fader, track, clock, stop, fadeOutMs, lost, onFirstFrame });
    try {
      await Promise.race([pumping, aborted(this.#stop.signal)]);
      await within(fadeOutMs + STOP_TIMEOUT_MS, pumping, () => {
        throw new Error('the track accepted no more frames');
      });
    } catch (error) {
      if (!stop.aborted) this.#reason = 'track-failed';
      throw error;
    } finally {
      // A pump that is stuck in a write must not continue when the write ends.
      this.#lost.abort();
    }
  }

  #onLost(): void {
    this.#lost.abort();
    void this.stop('room-disconnected');
  }

  #report(error: Error | undefined): void {
    if (this.#startedAt !== undefined) {
      const playedMs = this.#options.clock.now() - this.#startedAt;
      const problem = error === undefined ? {} : { error };
      const degraded = this.#degraded === undefined ? {} : { degraded: this.#degraded };
      this.#options.events.emit('stopped', { reason: this.#reason, playedMs, ...problem, ...degraded });
    } else if (error !== undefined) {
      throw error;
    } else if (this.#lost.signal.aborted) {
      throw new HoldAudioError('room-not-connected', 'the room was disconnected before the hold audio could start');
    }
  }
}
