import type { AudioFrame } from '@livekit/rtc-node';

/** An announcement as text, for {@link Synthesize}. */
export interface AnnouncedText {
  readonly text: string;
}

/** An announcement to a caller on hold: a clip (path, URL or bytes of an audio file), audio frames, or a text. */
export type Announcement = string | URL | Uint8Array | AsyncIterable<AudioFrame> | AnnouncedText;

/** One of the repeated announcements, or a function that returns it each time; `null` or `undefined` skips it. */
export type AnnouncementItem =
  | Exclude<Announcement, AsyncIterable<AudioFrame>>
  | (() => Announcement | null | undefined | PromiseLike<Announcement | null | undefined>);

/**
 * Synthesizes a text: returns its audio frames (16 bit, any rate), a `ReadableStream` for example. The signal is
 * aborted when they are no longer needed.
 */
export type Synthesize = (
  text: string,
  options: { readonly signal: AbortSignal },
) => AsyncIterable<AudioFrame> | PromiseLike<AsyncIterable<AudioFrame>>;

/** Announcements that are repeated while the hold audio plays. */
export interface AnnouncementOptions {
  /** The announcements, played in turn; at least one. */
  items: readonly AnnouncementItem[];
  /** From the end of one announcement to the beginning of the next; milliseconds from 1000 to 3,600,000. */
  intervalMs: number;
  /** From the start of the audio to the first one; milliseconds from 0 to 3,600,000; default: the interval. */
  firstAfterMs?: number | undefined;
}

/** The outcome of an announcement: `cut-off` by a stop or its signal, `not-playing` because no track is published. */
export type AnnouncementOutcome = 'announced' | 'cut-off' | 'failed' | 'not-playing';
