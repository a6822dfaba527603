import { onAbort } from '../async/abort-signal.js';
import { HoldAudioError } from '../hold-audio-error.js';
import type { PcmReader } from '../readers/pcm-reader.js';
import { SAMPLE_RATE } from '../pcm/clip.js';
import type { AnnouncementOutcome } from '../options/announcement.js';
import type { ParsedAnnouncements, ParsedItem } from '../options/parse-announcements.js';
import type { OpenAnnouncementOptions } from './open-announcement.js';
import { openAnnouncement } from './open-announcement.js';
import type { AnnouncementReader } from './announcement-reader.js';

/** How long the music takes to be turned down, and up again. */
const DUCK_MS = 200;
/** Fade-out of an announcement that is cut off, so that it does not click; the queue of the track comes on top. */
const CUT_MS = 10;
/** How long before its time an announcement is loaded. */
const AHEAD_MS = 1000;

const toSamples = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000);

export interface AnnouncerOptions extends Omit<OpenAnnouncementOptions, 'signal' | 'onFailed'> {
  readonly music: PcmReader;
  readonly schedule: ParsedAnnouncements | undefined;
  /** Volume of announcements. */
  readonly volume: number;
  /** The music's volume under an announcement; 0 pauses it. */
  readonly duckTo: number;
  onAnnounced(lastedMs: number): void;
  onFailed(error: HoldAudioError): void;
}

/** An announcement from the request to its end. */
interface Utterance {
  readonly item: ParsedItem;
  readonly over: AbortController;
  /** Earliest start, in samples since the start of the audio. */
  readonly due: number;
  end(outcome: AnnouncementOutcome): void;
  reader?: AnnouncementReader;
  said: number;
}

/**
 * Plays the music and announcements over it, repeated and requested ones, one after the other. Its clock is the audio
 * itself.
 */
export class Announcer implements PcmReader {
  readonly #options: AnnouncerOptions;
  readonly #waiting: Utterance[] = [];
  #current: Utterance | undefined;
  /** Gain of the music between its own volume (1) and the one under an announcement (0). */
  #musicGain = 1;
  #elapsed = 0;
  #nextDue: number;
  #nextItem = 0;
  #closed = false;
  /** The rest of an announcement that was cut off. */
  #fadingOut: { readonly reader: AnnouncementReader; left: number } | undefined;
  #scratch = new Float32Array(0);

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    this.#nextDue = options.schedule === undefined ? Infinity : toSamples(options.schedule.firstAfterMs);
  }

  /** Plays an announcement as soon as no other one plays; resolves when it ended. */
  announce(item: ParsedItem, signal?: AbortSignal): Promise<AnnouncementOutcome> {
    return new Promise((resolve) => {
      this.#add({ item, due: 0, over: new AbortController(), said: 0, end: resolve }, signal);
    });
  }

  read(into: Float32Array): void {
    if (this.#scratch.length !== into.length) this.#scratch = new Float32Array(into.length);
    this.#followSchedule();
    const current = this.#current;
    const isSaying = current?.reader !== undefined && this.#elapsed >= current.due;
    this.#readMusic(into, isSaying ? -1 : 1);
    if (this.#fadingOut !== undefined) this.#addCut(into, this.#fadingOut);
    // An announcement that ends in this block ends with it.
    this.#elapsed += into.length;
    // It begins when the music has been turned down.
    if (current?.reader !== undefined && isSaying && this.#musicGain === 0) this.#say(into, current, current.reader);
  }

  /** Ends the running announcement and drops the waiting ones. The music continues. */
  silence(): void {
    this.#closed = true;
    for (const utterance of [this.#current, ...this.#waiting.splice(0)]) {
      if (utterance !== undefined) this.#finish(utterance, 'cut-off');
    }
  }

  close(): void {
    this.silence();
    this.#fadingOut?.reader.close();
    this.#fadingOut = undefined;
    this.#options.music.close();
  }

  #followSchedule(): void {
    const { schedule } = this.#options;
    if (schedule === undefined || this.#closed || this.#current !== undefined) return;
    if (this.#elapsed < this.#nextDue - toSamples(AHEAD_MS)) return;
    const item = schedule.items[this.#nextItem % schedule.items.length] as ParsedItem;
    this.#nextItem += 1;
    this.#add({ item, due: this.#nextDue, over: new AbortController(), said: 0, end: () => undefined });
    // Until an announcement ends: the next one is due an interval later.
    this.#nextDue = Infinity;
  }

  #add(utterance: Utterance, signal?: AbortSignal): void {
    if (this.#closed || signal?.aborted === true) {
      utterance.end('cut-off');
      return;
    }
    if (signal !== undefined) {
      const forget = onAbort(signal, () => this.#finish(utterance, 'cut-off'));
      onAbort(utterance.over.signal, forget);
    }
    this.#waiting.push(utterance);
    if (this.#current === undefined) this.#next();
  }

  #next(): void {
    this.#current = this.#waiting.shift();
    if (this.#current !== undefined) void this.#open(this.#current);
  }

  async #open(utterance: Utterance): Promise<void> {
    const { signal } = utterance.over;
    const onFailed = (cause: unknown): void => {
      if (signal.aborted) return;
      this.#options.onFailed(
        HoldAudioError.isInstance(cause)
          ? cause
          : new HoldAudioError('source-threw', 'the announcement could not be played', { cause }),
      );
      this.#finish(utterance, 'failed');
    };
    try {
      const reader = await openAnnouncement(utterance.item, { ...this.#options, signal, onFailed });
      if (signal.aborted) reader?.close();
      else if (reader === undefined) this.#finish(utterance, 'not-playing');
      else utterance.reader = reader;
    } catch (error) {
      onFailed(error);
    }
  }

  #readMusic(into: Float32Array, direction: 1 | -1): void {
    const { music, duckTo } = this.#options;
    const isPaused = duckTo === 0 && this.#musicGain === 0 && direction === -1;
    if (isPaused) {
      into.fill(0);
      return;
    }
    music.read(into);
    if (this.#musicGain === 1 && direction === 1) return;
    const step = direction / toSamples(DUCK_MS);
    for (let i = 0; i < into.length; i += 1) {
      this.#musicGain = Math.max(0, Math.min(1, this.#musicGain + step));
      into[i] = (into[i] as number) * (duckTo + (1 - duckTo) * Math.sin((Math.PI / 2) * this.#musicGain));
    }
  }

  #say(into: Float32Array, utterance: Utterance, reader: AnnouncementReader): void {
    const { volume } = this.#options;
    reader.read(this.#scratch);
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) + (this.#scratch[i] as number) * volume;
    utterance.said += into.length;
    if (!reader.isOver || utterance.over.signal.aborted) return;
    this.#finish(utterance, 'announced');
    this.#options.onAnnounced((utterance.said / SAMPLE_RATE) * 1000);
  }

  #finish(utterance: Utterance, outcome: AnnouncementOutcome): void {
    if (utterance.over.signal.aborted) return;
    utterance.over.abort();
    if (outcome === 'cut-off' && utterance.said > 0 && utterance.reader !== undefined) {
      this.#fadingOut = { reader: utterance.reader, left: toSamples(CUT_MS) };
    } else {
      utterance.reader?.close();
    }
    utterance.end(outcome);
    const index = this.#waiting.indexOf(utterance);
    if (index >= 0) this.#waiting.splice(index, 1);
    if (this.#current !== utterance) return;
    const { schedule } = this.#options;
    // One that failed may have failed before its time.
    const at = Math.max(this.#elapsed, utterance.due);
    if (schedule !== undefined) this.#nextDue = at + toSamples(schedule.intervalMs);
    this.#current = undefined;
    if (!this.#closed) this.#next();
  }

  #addCut(into: Float32Array, ending: { readonly reader: AnnouncementReader; left: number }): void {
    const { volume } = this.#options;
    ending.reader.read(this.#scratch);
    const all = toSamples(CUT_MS);
    for (let i = 0; i < into.length && ending.left > 0; i += 1, ending.left -= 1) {
      into[i] = (into[i] as number) + (this.#scratch[i] as number) * volume * (ending.left / all);
    }
    if (ending.left > 0) return;
    ending.reader.close();
    this.#fadingOut = undefined;
  }
}
