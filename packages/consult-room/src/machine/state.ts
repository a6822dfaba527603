import type { MergeEnd, MergeResult } from '../merge/merge-result.js';
import type { Ways } from '../options/merge-options.js';
import type { Request } from './effect.js';

/** The result of a merge that did not succeed. */
export type Failure = Exclude<MergeResult, { readonly merged: true }>;

/** State that outlives a phase: what exists on the server or may still come into existence there. */
export interface Links {
  readonly ways: Ways;
  readonly humanIdentity: string;
  /** `shut`: prepared, or being prepared, with a closed gate. */
  readonly bridge: 'none' | 'shut' | 'open';
  /** How long silence is relayed in place of the human agent once the bridge of this merge is opened. */
  readonly withholdMs: number;
  /** Moves that were asked for and have not been seen to happen. The server may do so late, whatever it answered. */
  readonly unseenMoves: number;
  /** The id of the unanswered request of each kind. Answers with another id are ignored. */
  readonly awaiting: Readonly<Partial<Record<Request, number>>>;
  /** The id of the newest request. */
  readonly lastId: number;
  readonly closed: boolean;
}

interface Linked {
  readonly links: Links;
}

/** No merge is running, and caller and human agent are apart. */
interface Apart extends Linked {
  readonly phase: 'apart';
}

/** The server was asked to move the human agent. A bridge may be opened meanwhile. */
export interface Moving extends Linked {
  readonly phase: 'moving';
  /** Why the bridge that was opened meanwhile failed. */
  readonly failure?: Failure;
  /** The human agent left the consult room, to be moved or for good. */
  readonly left?: MergeEnd;
}

/** The gate of the bridge is open, and both directions are being proven. */
export interface Bridging extends Linked {
  readonly phase: 'bridging';
  readonly left?: MergeEnd;
}

/** The human agent is in the caller's room, and both directions are being proven. */
interface Proving extends Linked {
  readonly phase: 'proving';
  /** The consult room that the human agent would be moved back to was lost. */
  readonly left?: MergeEnd;
}

/** A merge failed, and the human agent who was asked to move is being brought back, or else removed. */
export interface Undoing extends Linked {
  readonly phase: 'undoing';
  readonly stage: 'waiting' | 'moving-back' | 'removing';
  readonly failure: Failure;
  /** Already reported. */
  readonly end?: MergeEnd;
  readonly left?: MergeEnd;
}

/** Merged by a bridge. The server may still move the human agent. */
export interface Bridged extends Linked {
  readonly phase: 'bridged';
  readonly left?: MergeEnd;
}

/** Merged by a bridge, while the human agent's phone is told to call into the caller's room. */
interface Promoting extends Linked {
  readonly phase: 'promoting';
  /** The phone's old line ended. */
  readonly left?: MergeEnd;
}

/** Merged in the caller's room: the human agent was moved, or their phone has called in. */
interface Together extends Linked {
  readonly phase: 'moved' | 'promoted';
}

/** The merge is over for good. */
export interface Ended extends Linked {
  readonly phase: 'ended';
  readonly end: MergeEnd;
}

export type StrategyState = Apart | Moving | Bridging | Proving | Undoing | Bridged | Promoting | Together | Ended;

export type Phase = StrategyState['phase'];

export function initialState(ways: Ways, humanIdentity: string): StrategyState {
  return {
    phase: 'apart',
    links: {
      ways,
      humanIdentity,
      bridge: 'none',
      withholdMs: 0,
      unseenMoves: 0,
      awaiting: {},
      lastId: 0,
      closed: false,
    },
  };
}
