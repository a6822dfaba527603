import type { BriefingResult, TranscriptTurn } from './decision/briefing-result.js';
import type { BriefingSentenceName } from './language/briefing-language.js';
import type { SayOptions } from './options/say-options.js';

/** The interface of a briefing. Depend on it, so that a `ScriptedBriefing` can replace `Briefing` in tests. */
export interface BriefingLike extends AsyncDisposable {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
  /** The turns that have been said on the line so far. */
  readonly transcript: readonly TranscriptTurn[];
  /** Starts the agent session. Call it once, before the human agent answers. */
  start(options?: { signal?: AbortSignal }): Promise<void>;
  /** Begins the briefing. Call it when the human agent has answered. */
  brief(): void;
  /** Says a fixed string, and waits until it has been said. */
  say(text: string, options?: SayOptions): Promise<void>;
  /** Says one of the fixed sentences, and waits until it has been said. */
  sayFixed(name: BriefingSentenceName, options?: SayOptions): Promise<void>;
  /** Stops the agent from speaking and listening. */
  mute(): void;
  /** Closes the agent session. Idempotent, never throws. */
  close(): Promise<void>;
}
