import { givenOf } from '@org/support';
import type { AnnouncementOptions, Synthesize } from './announcement.js';
import { type ParsedAnnouncements, parseAnnouncements } from './parse-announcements.js';
import { BuiltinAudioClip } from '../source/builtin-audio-clip.js';
import { holdAudioOptions, holdAudioSettings } from './hold-audio-shape.js';
import { validate } from '../validate.js';
import type { HoldRoom } from './hold-room.js';
import { type ParsedSource, parseSource } from '../source/parse-source.js';
import { type ClipLimits, clipLimitDefaults } from './clip-limits.js';
import type { HoldSource } from '../source/hold-source.js';

/** The options of {@link HoldAudio}. */
export interface HoldAudioOptions extends Partial<ClipLimits> {
  /** The connected room to play to. Hold audio never disconnects it. */
  room: HoldRoom;
  /** The audio to play; default: the built-in clip. */
  source?: HoldSource;
  /** Volume of the source, from 0 to 1; default 0.8. Announcements have their own. */
  volume?: number;
  /**
   * Position at which a start begins: the source's beginning, or a random position in its clip, so that a caller who is
   * put on hold again hears another part. A sequence begins with a random clip; for a stream it has no effect. Default
   * `beginning`.
   */
  startAt?: 'beginning' | 'random';
  /**
   * Length of the fade-in, in milliseconds from 0 to 10,000; default 20, one frame, which reaches full volume
   * immediately without a click: the energy that the beginning of a tone spreads over higher frequencies stays 60 dB
   * below it.
   */
  fadeInMs?: number;
  /**
   * Length of the fade-out, in milliseconds from 0 to 10,000; default 100. `stop()` takes this long and about 120 ms
   * more.
   */
  fadeOutMs?: number;
  /** Name of the published track; default `hold-audio`. */
  trackName?: string;
  /**
   * How long the source may deliver no audio after `start()` before the built-in clip replaces it, in milliseconds from
   * 20 to 60,000; default 2000.
   */
  stallTimeoutMs?: number;
  /** Announcements that are repeated; default none. */
  announcements?: AnnouncementOptions | undefined;
  /**
   * Synthesizes announcements that are given as text, since the output of an agent session is not heard on hold.
   * Default none.
   */
  synthesize?: Synthesize | undefined;
  /**
   * Volume of announcements, from 0 to 10; default 0.8. Announcement and music together are kept within full scale by
   * turning both down.
   */
  announcementVolume?: number;
  /**
   * Volume of the music under an announcement, from 0 to 1; 0 pauses it, and it resumes at the same position. Default
   * 0.2.
   */
  duckTo?: number;
}

/** The defaults of the options. */
export const holdAudioDefaults: Readonly<Required<Omit<HoldAudioOptions, 'room' | 'announcements' | 'synthesize'>>> =
  Object.freeze({
    source: BuiltinAudioClip.HOLD_MUSIC,
    volume: 0.8,
    startAt: 'beginning',
    fadeInMs: 20,
    fadeOutMs: 100,
    trackName: 'hold-audio',
    stallTimeoutMs: 2000,
    announcementVolume: 0.8,
    duckTo: 0.2,
    ...clipLimitDefaults,
  });

/** Validated options: complete, in range, with the kind of the source. */
export interface ParsedOptions extends Readonly<
  Required<Omit<HoldAudioOptions, 'source' | 'announcements' | 'synthesize'>>
> {
  readonly source: ParsedSource;
  readonly announcements: ParsedAnnouncements | undefined;
  readonly synthesize: Synthesize | undefined;
}

/**
 * Validates the options and adds the defaults.
 *
 * @throws HoldAudioError `invalid-option` with all invalid options, or `source-unsupported`
 */
export function parseOptions(options: HoldAudioOptions): ParsedOptions {
  validate(holdAudioOptions, options);
  const { room, ...settings } = options;
  return { ...complete(settings), room };
}

/**
 * Validates the options of `new HoldAudio()` before there is a room.
 *
 * @throws HoldAudioError `invalid-option` with all invalid options, or `source-unsupported`
 */
export function validateHoldAudioOptions(settings: Omit<HoldAudioOptions, 'room'>): void {
  validate(holdAudioSettings, settings);
  complete(settings);
}

function complete(settings: Omit<HoldAudioOptions, 'room'>): Omit<ParsedOptions, 'room'> {
  const { announcements, synthesize, ...rest } = settings;
  const all = { ...holdAudioDefaults, ...givenOf(rest) };
  return {
    ...all,
    source: parseSource(all.source),
    announcements: announcements && parseAnnouncements(announcements, synthesize !== undefined),
    synthesize,
  };
}
