import {
  callback,
  either,
  flag,
  list,
  milliseconds,
  number,
  object,
  type OptionCheck,
  oneOf,
  required,
  shape,
  type ShapeFields,
  signal,
  text,
} from '@org/support';
import type { AnnouncementOptions } from './announcement.js';
import type { HoldAudioOptions } from './hold-audio-options.js';
import { MIN_CLIP_MS } from './clip-limits.js';
import { isReadable, something, source } from '../source/source-shape.js';

function isText(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'text' in value;
}

const announcementFields = { text: required(text) };

/** The shape of the first argument of `announce()`. */
export const announcement: OptionCheck = either(
  'a clip, frames or { text }',
  [isText, shape(announcementFields)],
  [isReadable, something],
);

const longestMs = 3_600_000;

const announcements: ShapeFields<AnnouncementOptions> = {
  items: required(list(announcement, 1)),
  // Announcements without a pause between them would leave no music.
  intervalMs: required(milliseconds(1000, longestMs)),
  firstAfterMs: milliseconds(0, longestMs),
};

const settings: ShapeFields<Omit<HoldAudioOptions, 'room'>> = {
  source,
  volume: number(0, 1),
  startAt: oneOf('beginning', 'random'),
  fadeInMs: milliseconds(0, 10_000),
  fadeOutMs: milliseconds(0, 10_000),
  trackName: text,
  stallTimeoutMs: milliseconds(20, 60_000),
  announcements: shape(announcements, 'an object, { items, intervalMs }'),
  synthesize: callback,
  duckTo: number(0, 1),
  announcementVolume: number(0, 10),
  maxSourceBytes: number(1, 1024 ** 3),
  maxSourceMs: milliseconds(MIN_CLIP_MS, 3_600_000),
  fetchTimeoutMs: milliseconds(1, 600_000),
  decodeTimeoutMs: milliseconds(1, 600_000),
  maxRedirects: number(0, 20),
  allowPrivateHosts: flag,
};

/** The shape of all options except the room. */
export const holdAudioSettings: OptionCheck = required(shape(settings));

const all: ShapeFields<HoldAudioOptions> = {
  ...settings,
  room: required(object('a connected Room of @livekit/rtc-node', 'on', 'off')),
};

/** The shape of the options of the constructor. */
export const holdAudioOptions: OptionCheck = required(shape(all));

/** The shape of the options of `load()`, `start()` and `announce()`. */
export const signalOptions: OptionCheck = required(shape({ signal }));
