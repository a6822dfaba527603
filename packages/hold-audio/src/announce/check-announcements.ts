import type { AudioFrame } from '@livekit/rtc-node';
import { checkNumber } from '../check-number.js';
import { HoldAudioError } from '../hold-audio-error.js';
import { checkPlainSource } from '../source/check-plain-source.js';
import type { ClipSource } from '../source/checked-source.js';
import type { AnnouncementItem } from './announcement.js';

const MAX_MS = 3_600_000;
/** Announcements without a pause between them would leave nothing of the music. */
const MIN_INTERVAL_MS = 1000;

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

/** Checks the option `announcements`; `canSpeak` says whether there is somebody for texts. */
export function checkAnnouncements(options: unknown, canSpeak: boolean): CheckedAnnouncements {
  if (typeof options !== 'object' || options === null) {
    throw new HoldAudioError('invalid-option', '"announcements" is no object; allowed: { items, intervalMs }');
  }
  const { items, intervalMs, firstAfterMs } = options as Readonly<Record<string, unknown>>;
  if (!Array.isArray(items) || items.length === 0) {
    throw new HoldAudioError('invalid-option', '"announcements.items" is no list of at least one announcement');
  }
  const interval = checkNumber(intervalMs, 'announcements.intervalMs', MIN_INTERVAL_MS, MAX_MS);
  return {
    items: items.map((item, i) => checkItem(item, `announcements.items[${i}]`, canSpeak)),
    intervalMs: interval,
    firstAfterMs: checkNumber(firstAfterMs ?? interval, 'announcements.firstAfterMs', 0, MAX_MS),
  };
}

function checkItem(item: unknown, name: string, canSpeak: boolean): CheckedItem {
  if (typeof item === 'function') return { kind: 'function', make: item as Extract<AnnouncementItem, () => unknown> };
  const checked = checkAnnouncement(item, name, canSpeak);
  if (checked.kind !== 'stream') return checked;
  throw new HoldAudioError('invalid-option', `"${name}" is a stream, which can be heard once; give a function`);
}

/** Checks one announcement; `name` is how a message calls it. */
export function checkAnnouncement(announcement: unknown, name: string, canSpeak: boolean): CheckedAnnouncement {
  if (typeof announcement === 'object' && announcement !== null && 'text' in announcement) {
    const { text } = announcement;
    if (typeof text !== 'string' || text.trim() === '') {
      throw new HoldAudioError('invalid-option', `"${name}.text" must be a string that is not empty`);
    }
    if (!canSpeak) throw new HoldAudioError('invalid-option', `"${name}" is a text, which needs "synthesize"`);
    return { kind: 'text', text };
  }
  const source = checkPlainSource(announcement, name);
  return source.kind === 'stream' ? source : { kind: 'clip', source };
}
