import type { AudioFrame } from '@livekit/rtc-node';
import { isObject } from '@org/support';
import { announcement as announcementShape } from './hold-audio-shape.js';
import { refusal, validate } from '../validate.js';
import { checkPlainSource } from '../source/parse-plain-source.js';
import type { ClipSource } from '../source/parse-source.js';
import type { AnnouncedText, AnnouncementItem, AnnouncementOptions } from './announcement.js';

/** An announcement whose kind is known. */
export type CheckedAnnouncement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'clip'; readonly source: ClipSource }
  | { readonly kind: 'stream'; readonly make: () => AsyncIterable<AudioFrame> };

export type CheckedItem =
  | CheckedAnnouncement
  | { readonly kind: 'function'; readonly make: Extract<AnnouncementItem, () => unknown> };

export interface CheckedAnnouncements {
  readonly items: readonly CheckedItem[];
  readonly intervalMs: number;
  readonly firstAfterMs: number;
}

/** Parses the option `announcements`, whose shape has been checked; `canSpeak` says whether texts can be spoken. */
export function checkAnnouncements(options: AnnouncementOptions, canSpeak: boolean): CheckedAnnouncements {
  const { items, intervalMs, firstAfterMs = intervalMs } = options;
  return {
    items: items.map((item, i) => checkItem(item, `announcements.items[${i}]`, canSpeak)),
    intervalMs,
    firstAfterMs,
  };
}

function checkItem(item: unknown, name: string, canSpeak: boolean): CheckedItem {
  if (typeof item === 'function') return { kind: 'function', make: item as Extract<AnnouncementItem, () => unknown> };
  const checked = checkAnnouncement(item, name, canSpeak);
  if (checked.kind !== 'stream') return checked;
  throw refusal('invalid-option', name, 'is a stream, which can be heard once; give a function');
}

/** Parses one announcement; `name` is how a message calls it. */
export function checkAnnouncement(announcement: unknown, name: string, canSpeak: boolean): CheckedAnnouncement {
  validate(announcementShape, announcement, name);
  if (isText(announcement)) {
    if (!canSpeak) throw refusal('invalid-option', name, 'is a text, which needs `synthesize`');
    return { kind: 'text', text: announcement.text };
  }
  const source = checkPlainSource(announcement, name);
  return source.kind === 'stream' ? source : { kind: 'clip', source };
}

function isText(announcement: unknown): announcement is AnnouncedText {
  return isObject(announcement) && 'text' in announcement;
}
