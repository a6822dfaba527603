export type Library = 'ours' | 'baseline';

/** The metadata of a call, for the worker. */
export interface CallMetadata {
  readonly library: Library;
  /** Of the human agent's phone. */
  readonly number: string;
  /** How long the voice of the briefing takes to begin, ms. */
  readonly voiceDelayMs: number;
  /** Whether the lab imitates LiveKit Cloud, whose host it does not have. */
  readonly supportsMove: boolean;
}

/** One line of the worker's log; `at` in milliseconds since the epoch. */
export interface WorkerEvent {
  readonly event: 'run' | 'accepted' | 'connected' | 'failed';
  readonly at: number;
  readonly room: string;
  readonly detail: string;
}
