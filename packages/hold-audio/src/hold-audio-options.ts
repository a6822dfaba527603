import type { AnnouncementOptions, Synthesize } from './announce/announcement.js';
import { type CheckedAnnouncements, checkAnnouncements } from './announce/check-announcements.js';
import { BuiltinAudioClip } from './builtin-audio-clip.js';
import { checkNumber } from './check-number.js';
import { HoldAudioError } from './hold-audio-error.js';
import type { HoldRoom } from './hold-room.js';
import { type CheckedSource, checkSource } from './source/checked-source.js';
import { type ClipLimits, MIN_CLIP_MS, clipLimitDefaults } from './source/clip-limits.js';
import type { HoldSource } from './source/hold-source.js';

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
  stallLimitMs?: number;
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
    stallLimitMs: 2000,
    announcementVolume: 0.8,
    duckTo: 0.2,
    ...clipLimitDefaults,
  });

/** Options that have been looked through: complete, in range, the source's kind known. */
export interface CheckedOptions extends Readonly<
  Required<Omit<HoldAudioOptions, 'source' | 'announcements' | 'synthesize'>>
> {
  readonly source: CheckedSource;
  readonly announcements: CheckedAnnouncements | undefined;
  readonly synthesize: Synthesize | undefined;
}

/** Completes the options; throws `HoldAudioError` for the first one that cannot be honored. */
export function checkOptions(options: HoldAudioOptions): CheckedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all = { ...holdAudioDefaults, ...given } as typeof holdAudioDefaults & HoldAudioOptions;
  if (typeof all.room !== 'object' || all.room === null) {
    throw new HoldAudioError('invalid-option', '"room" is missing; pass a connected Room of @livekit/rtc-node');
  }
  checkRange(all, 'volume', 0, 1);
  checkRange(all, 'duckTo', 0, 1);
  checkRange(all, 'announcementVolume', 0, 10);
  checkRange(all, 'fadeInMs', 0, 10_000);
  checkRange(all, 'fadeOutMs', 0, 10_000);
  checkRange(all, 'stallLimitMs', 20, 60_000);
  checkRange(all, 'maxSourceBytes', 1, 1024 ** 3);
  checkRange(all, 'maxSourceMs', MIN_CLIP_MS, 3_600_000);
  checkRange(all, 'fetchLimitMs', 1, 600_000);
  checkRange(all, 'decodeLimitMs', 1, 600_000);
  checkRange(all, 'maxRedirects', 0, 20);
  if (typeof all.allowPrivateHosts !== 'boolean') {
    throw new HoldAudioError('invalid-option', '"allowPrivateHosts" must be true or false');
  }
  if (all.startAt !== 'beginning' && all.startAt !== 'random') {
    throw new HoldAudioError('invalid-option', `"startAt" is ${String(all.startAt)}; allowed: beginning, random`);
  }
  if (typeof all.trackName !== 'string' || all.trackName === '') {
    throw new HoldAudioError('invalid-option', '"trackName" must be a string of at least one character');
  }
  const { synthesize } = all;
  if (synthesize !== undefined && typeof synthesize !== 'function') {
    throw new HoldAudioError('invalid-option', '"synthesize" is no function; allowed: (text, { signal }) => frames');
  }
  const announcements =
    all.announcements === undefined ? undefined : checkAnnouncements(all.announcements, synthesize !== undefined);
  return { ...all, source: checkSource(all.source), announcements, synthesize };
}

function checkRange<Name extends string>(options: Record<Name, unknown>, name: Name, min: number, max: number): void {
  checkNumber(options[name], name, min, max);
}
