import type { AudioFrame } from '@livekit/rtc-node';

/** A text to be spoken by {@link Synthesize}. */
export interface AnnouncedText {
  readonly text: string;
}

/** What can be said to a waiting caller: a clip (path, URL or bytes of an audio file), audio frames, or a text. */
export type Announcement = string | URL | Uint8Array | AsyncIterable<AudioFrame> | AnnouncedText;

/** One of the announcements that are made by the clock, or a function that gives it each time; nothing is left out. */
export type AnnouncementItem =
  | Exclude<Announcement, AsyncIterable<AudioFrame>>
  | (() => Announcement | null | undefined | PromiseLike<Announcement | null | undefined>);

/**
 * Speaks a text: gives its audio frames (16 bit, any rate), a `ReadableStream` for example. The signal is aborted when
 * they are no longer wanted.
 */
export type Synthesize = (
  text: string,
  options: { readonly signal: AbortSignal },
) => AsyncIterable<AudioFrame> | PromiseLike<AsyncIterable<AudioFrame>>;

/** Announcements that are made again and again while the hold audio plays. */
export interface AnnouncementOptions {
  /** What is said, in turn; at least one. */
  items: readonly AnnouncementItem[];
  /** From the end of one announcement to the beginning of the next; milliseconds from 1000 to 3,600,000. */
  intervalMs: number;
  /** From the start of the audio to the first one; milliseconds from 0 to 3,600,000; default: the interval. */
  firstAfterMs?: number | undefined;
}

/** How an announcement ended: `cut-off` by a stop or its signal, `not-playing` because nothing was published. */
export type AnnouncementOutcome = 'announced' | 'cut-off' | 'failed' | 'not-playing';
