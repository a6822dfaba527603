import type { CallEnd } from './machine/ending.js';

/** The call of a caller and a human agent whom a transfer has connected. */
export interface MergedCall {
  readonly humanAgentIdentity: string;
  /** Resolves when the call is over and everything of ours is released: who ended it, and what became of the caller. */
  readonly ended: Promise<CallEnd>;
  /** Hangs up on both. Resolves like `ended`. */
  hangUp(): Promise<CallEnd>;
}
