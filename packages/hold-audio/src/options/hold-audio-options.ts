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

export interface HoldAudioOptions extends Partial<ClipLimits> {
  /** The connected room to play to; it stays the caller's of this constructor, who also leaves it. */
  room: HoldRoom;
  /** What to play; default: the built-in clip. */
  source?: HoldSource;
  /** Of the source, from 0 to 1; default 0.8. Announcements have their own. */
  volume?: number;
  /**
   * Where a start begins: at the source's beginning, or at a random place of its clip, so that a caller who is put on
   * hold again hears something else. A sequence begins with a random clip; a stream is taken as it comes. Default
   * `beginning`.
   */
  startAt?: 'beginning' | 'random';
  /**
   * Milliseconds from 0 to 10,000; default 20, one frame, which is heard at once and does not click: what the beginning
   * of a tone scatters over higher frequencies stays 60 dB below it.
   */
  fadeInMs?: number;
  /** Milliseconds from 0 to 10,000; default 100. `stop()` lasts this long and some 120 ms more. */
  fadeOutMs?: number;
  /** Name of the published track; default `hold-audio`. */
  trackName?: string;
  /**
   * How long the source may give nothing after `start()` before the built-in clip takes its place. Milliseconds from
   * 20 to 60,000; default 2000.
   */
  stallTimeoutMs?: number;
  /** Announcements that are made again and again; default none. */
  announcements?: AnnouncementOptions | undefined;
  /** Speaks the texts among the announcements: the session's own voice cannot be heard on hold. Default none. */
  synthesize?: Synthesize | undefined;
  /**
   * Of announcements, from 0 to 10; default 0.8. Together with the music they are kept within full scale by turning both
   * down.
   */
  announcementVolume?: number;
  /** The music's volume under an announcement, from 0 to 1; 0 pauses it, and it goes on where it was. Default 0.2. */
  duckTo?: number;
}

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

/** Options that have been looked through: complete, in range, the source's kind known. */
export interface ParsedOptions extends Readonly<
  Required<Omit<HoldAudioOptions, 'source' | 'announcements' | 'synthesize'>>
> {
  readonly source: ParsedSource;
  readonly announcements: ParsedAnnouncements | undefined;
  readonly synthesize: Synthesize | undefined;
}

/**
 * Completes the options.
 *
 * @throws HoldAudioError `invalid-option` about all options at fault, or `source-unsupported`
 */
export function parseOptions(options: HoldAudioOptions): ParsedOptions {
  validate(holdAudioOptions, options);
  const { room, ...settings } = options;
  return { ...complete(settings), room };
}

/**
 * Refuses now what `new HoldAudio()` would refuse once there is a room.
 *
 * @throws HoldAudioError `invalid-option` about all options at fault, or `source-unsupported`
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
