import type { AudioFrame } from '@livekit/rtc-node';
import { within } from '@org/support';
import { unlessAborted } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { retainClip, loadClip, loadWholeHoldMusic } from '../clip/load-clip.js';
import type { Synthesize } from '../options/announcement.js';
import { type ParsedItem, parseAnnouncement } from '../options/parse-announcements.js';
import { ClipAnnouncementReader } from './clip-announcement-reader.js';
import { StreamAnnouncementReader } from './stream-announcement-reader.js';
import type { AnnouncementReader } from './announcement-reader.js';

export interface OpenAnnouncementOptions {
  readonly limits: ClipLimits;
  readonly stallTimeoutMs: number;
  readonly synthesize: Synthesize | undefined;
  /** Aborted when the announcement is no longer needed. */
  readonly signal: AbortSignal;
  /** Called when a stream breaks off in the middle. */
  readonly onFailed: (error: HoldAudioError) => void;
}

/** Opens an announcement and waits for its first audio; `undefined` for a function that returned nothing. */
export async function openAnnouncement(
  item: ParsedItem,
  options: OpenAnnouncementOptions,
): Promise<AnnouncementReader | undefined> {
  const { limits, stallTimeoutMs, synthesize, signal } = options;
  if (item.kind === 'function') {
    const given = await item.make();
    if (given === null || given === undefined) return undefined;
    return openAnnouncement(parseAnnouncement(given, 'announcement', synthesize !== undefined), options);
  }
  if (item.kind === 'clip') {
    const clip = await (item.source.kind === 'builtin' ? loadWholeHoldMusic() : loadClip(item.source, limits, signal));
    return new ClipAnnouncementReader(clip, retainClip(clip));
  }
  const make = item.kind === 'stream' ? item.make : await speak(item.text, options);
  const reader = new StreamAnnouncementReader({ make, stallTimeoutMs, onFailed: options.onFailed });
  try {
    await unlessAborted(signal, within(stallTimeoutMs, reader.ready, throwStalled));
  } catch (error) {
    reader.close();
    throw error;
  }
  return reader;
}

async function speak(text: string, options: OpenAnnouncementOptions): Promise<() => AsyncIterable<AudioFrame>> {
  const { synthesize, signal, stallTimeoutMs } = options;
  if (synthesize === undefined) throw new HoldAudioError('invalid-option', 'a text needs "synthesize"');
  // An async function, so that a synchronous error is a rejection too.
  const asked = (async (): Promise<AsyncIterable<AudioFrame>> => synthesize(text, { signal }))();
  const frames = await unlessAborted(signal, within(stallTimeoutMs, asked, throwStalled));
  return () => frames;
}

function throwStalled(stallTimeoutMs: number): never {
  throw new HoldAudioError(
    'source-stalled',
    `the announcement delivered no audio for ${stallTimeoutMs} ms ("stallTimeoutMs")`,
  );
}
