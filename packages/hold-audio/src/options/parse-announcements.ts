import type { AudioFrame } from '@livekit/rtc-node';
import { isObject } from '@org/support';
import { announcement as announcementShape } from './hold-audio-shape.js';
import { optionError, validate } from '../validate.js';
import { parsePlainSource } from '../source/parse-plain-source.js';
import type { ClipSource } from '../source/parse-source.js';
import type { AnnouncedText, AnnouncementItem, AnnouncementOptions } from './announcement.js';

/** An announcement with its kind. */
export type ParsedAnnouncement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'clip'; readonly source: ClipSource }
  | { readonly kind: 'stream'; readonly make: () => AsyncIterable<AudioFrame> };

export type ParsedItem =
  | ParsedAnnouncement
  | { readonly kind: 'function'; readonly make: Extract<AnnouncementItem, () => unknown> };

export interface ParsedAnnouncements {
  readonly items: readonly ParsedItem[];
  readonly intervalMs: number;
  readonly firstAfterMs: number;
}

/** Parses the option `announcements`, whose shape has been checked; `canSpeak`: whether texts can be synthesized. */
export function parseAnnouncements(options: AnnouncementOptions, canSpeak: boolean): ParsedAnnouncements {
  const { items, intervalMs, firstAfterMs = intervalMs } = options;
  return {
    items: items.map((item, i) => parseItem(item, `announcements.items[${i}]`, canSpeak)),
    intervalMs,
    firstAfterMs,
  };
}

function parseItem(item: unknown, name: string, canSpeak: boolean): ParsedItem {
  if (typeof item === 'function') return { kind: 'function', make: item as Extract<AnnouncementItem, () => unknown> };
  const checked = parseAnnouncement(item, name, canSpeak);
  if (checked.kind !== 'stream') return checked;
  throw optionError('invalid-option', name, 'is a stream, which can be heard once; give a function');
}

/** Parses one announcement; `name` is its name in messages. */
export function parseAnnouncement(announcement: unknown, name: string, canSpeak: boolean): ParsedAnnouncement {
  validate(announcementShape, announcement, name);
  if (isText(announcement)) {
    if (!canSpeak) throw optionError('invalid-option', name, 'is a text, which needs `synthesize`');
    return { kind: 'text', text: announcement.text };
  }
  const source = parsePlainSource(announcement, name);
  return source.kind === 'stream' ? source : { kind: 'clip', source };
}

function isText(announcement: unknown): announcement is AnnouncedText {
  return isObject(announcement) && 'text' in announcement;
}
