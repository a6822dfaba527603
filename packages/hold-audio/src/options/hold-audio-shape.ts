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
  rule,
  shape,
  type ShapeFields,
  shownByKind,
  signal,
  text,
} from '@org/support';
import type { AnnouncementOptions } from '../announce/announcement.js';
import type { HoldAudioOptions } from '../hold-audio-options.js';
import type { AudioConfig } from '../source/audio-config.js';
import { MIN_CLIP_MS } from '../source/clip-limits.js';
import type { SequenceItem } from '../source/sequence.js';

/** What is played is told apart when it is parsed; here only that it is there. */
const something: OptionCheck = required(rule('a source of audio', isReadable, shownByKind));
const volume = number(0, 10);

const config: ShapeFields<AudioConfig> = { source: something, volume, probability: number(0, Number.MAX_VALUE) };
const sequenceItem: ShapeFields<SequenceItem> = { source: something, volume, intervalMs: milliseconds(0, 600_000) };

function isDetailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value && !(Symbol.asyncIterator in value);
}

function isSequence(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'sequence';
}

/** Throws, which counts as no, at a proxy that has been revoked. */
function isReadable(value: unknown): boolean {
  return typeof Array.isArray(value) === 'boolean';
}

/** The shape of a source; what it plays is told apart when it is parsed. */
export const source: OptionCheck = either(
  'a source of audio',
  [Array.isArray, list(shape(config, 'an AudioConfig, { source, volume, probability }'), 1)],
  [
    isSequence,
    shape({
      kind: something,
      items: required(list(either('a clip', [isDetailed, shape(sequenceItem)], [isReadable, something]), 1)),
    }),
  ],
  [isDetailed, shape(config)],
  [isReadable, () => []],
);

function isText(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'text' in value;
}

const announcementFields = { text: required(text) };

/** What `announce()` takes first. */
export const announcement: OptionCheck = either(
  'a clip, frames or { text }',
  [isText, shape(announcementFields)],
  [isReadable, something],
);

const longestMs = 3_600_000;

const announcements: ShapeFields<AnnouncementOptions> = {
  items: required(list(announcement, 1)),
  // Announcements without a pause between them would leave nothing of the music.
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
  stallLimitMs: milliseconds(20, 60_000),
  announcements: shape(announcements, 'an object, { items, intervalMs }'),
  synthesize: callback,
  duckTo: number(0, 1),
  announcementVolume: number(0, 10),
  maxSourceBytes: number(1, 1024 ** 3),
  maxSourceMs: milliseconds(MIN_CLIP_MS, 3_600_000),
  fetchLimitMs: milliseconds(1, 600_000),
  decodeLimitMs: milliseconds(1, 600_000),
  maxRedirects: number(0, 20),
  allowPrivateHosts: flag,
};

/** What is known before there is a room. */
export const holdAudioSettings: OptionCheck = required(shape(settings));

const all: ShapeFields<HoldAudioOptions> = {
  ...settings,
  room: required(object('a connected Room of @livekit/rtc-node', 'on', 'off')),
};

/** What the constructor takes. */
export const holdAudioOptions: OptionCheck = required(shape(all));

/** What `prepare()`, `start()` and `announce()` take. */
export const signalOptions: OptionCheck = required(shape({ signal }));
