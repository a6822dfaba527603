import type { BriefingResult, ConsultLine } from './decision/briefing-result.js';
import type { SentenceName } from './language/briefing-language.js';
import type { SayOptions } from './options/say-options.js';

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
