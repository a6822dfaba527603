import type { BriefingResult, ConsultLine } from './briefing-result.js';
import type { SentenceName } from './language/briefing-language.js';

/** Bounds of one fixed sentence. */
export interface SayOptions {
  /** Default `limits.sayMs`. */
  limitMs?: number;
  signal?: AbortSignal;
  /**
   * For a message to a mailbox: first waits for its beep, unless that has been heard already; at most `machine.beepMs`,
   * which is not part of `limitMs`. See `machine.listenForBeep`. Default false.
   */
  afterBeep?: boolean;
}

/** What a program needs of a briefing: depend on this, and a scripted one can stand in for `Briefing`. */
export interface BriefingLike extends AsyncDisposable {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
  /** What has been said on the line so far. */
  readonly transcript: readonly ConsultLine[];
  /** Once, before the human answers. */
  start(options?: { signal?: AbortSignal }): Promise<void>;
  /** The human has answered. */
  brief(): void;
  say(text: string, options?: SayOptions): Promise<void>;
  sayFixed(name: SentenceName, options?: SayOptions): Promise<void>;
  mute(): void;
  /** Idempotent, never throws. */
  close(): Promise<void>;
}
