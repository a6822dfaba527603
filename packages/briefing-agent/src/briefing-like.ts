import type { BriefingResult } from './briefing-result.js';
import type { SentenceName } from './language.js';

/** Bounds of one fixed sentence. */
export interface SayOptions {
  /** Default `limits.sayMs`. */
  limitMs?: number;
  signal?: AbortSignal;
}

/** What a program needs of a briefing: depend on this, and a scripted one can stand in for `Briefing`. */
export interface BriefingLike extends AsyncDisposable {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
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
