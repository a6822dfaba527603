import type { AudioFrame } from '@livekit/rtc-node';
import { unlessAborted } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { ClipLimits } from '../options/clip-limits.js';
import { holdClip, loadClip, loadWholeHoldMusic } from '../clip/load-clip.js';
import { within } from '../async/within.js';
import type { Synthesize } from '../options/announcement.js';
import { type CheckedItem, checkAnnouncement } from '../options/parse-announcements.js';
import { ClipVoice } from './clip-announcement-reader.js';
import { StreamVoice } from './stream-announcement-reader.js';
import type { Voice } from './announcement-reader.js';

export interface OpenVoiceOptions {
  readonly limits: ClipLimits;
  readonly stallLimitMs: number;
  readonly synthesize: Synthesize | undefined;
  /** Aborted when it is no longer to be heard. */
  readonly signal: AbortSignal;
  /** The voice broke off in the middle. */
  readonly onFailed: (error: HoldAudioError) => void;
}

/** What an announcement sounds like, with its first audio there; `undefined` for a function that gave nothing. */
export async function openVoice(item: CheckedItem, options: OpenVoiceOptions): Promise<Voice | undefined> {
  const { limits, stallLimitMs, synthesize, signal } = options;
  if (item.kind === 'function') {
    const given = await item.make();
    if (given === null || given === undefined) return undefined;
    return openVoice(checkAnnouncement(given, 'announcement', synthesize !== undefined), options);
  }
  if (item.kind === 'clip') {
    const clip = await (item.source.kind === 'builtin' ? loadWholeHoldMusic() : loadClip(item.source, limits, signal));
    return new ClipVoice(clip, holdClip(clip));
  }
  const make = item.kind === 'stream' ? item.make : await speak(item.text, options);
  const voice = new StreamVoice({ make, stallLimitMs, onFailed: options.onFailed });
  try {
    await unlessAborted(
      signal,
      within(stallLimitMs, voice.ready, () => refuseSlow(stallLimitMs)),
    );
  } catch (error) {
    voice.close();
    throw error;
  }
  return voice;
}

async function speak(text: string, options: OpenVoiceOptions): Promise<() => AsyncIterable<AudioFrame>> {
  const { synthesize, signal, stallLimitMs } = options;
  if (synthesize === undefined) throw new HoldAudioError('invalid-option', 'a text needs "synthesize"');
  // An arrow of its own, so that what it throws at once is a rejection too.
  const asked = (async (): Promise<AsyncIterable<AudioFrame>> => synthesize(text, { signal }))();
  const frames = await unlessAborted(
    signal,
    within(stallLimitMs, asked, () => refuseSlow(stallLimitMs)),
  );
  return () => frames;
}

function refuseSlow(stallLimitMs: number): never {
  throw new HoldAudioError('source-stalled', `the announcement gave nothing for ${stallLimitMs} ms ("stallLimitMs")`);
}
