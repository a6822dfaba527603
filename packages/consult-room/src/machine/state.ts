import type { MergeEnd, MergeResult } from '../merge/merge-result.js';
import type { Ways } from '../options/merge-options.js';
import type { Request } from './effect.js';

/** The result of a merge that failed. */
export type Failure = Exclude<MergeResult, { readonly merged: true }>;

/** The state that outlives a phase: what exists on the server, or may still come into existence there. */
export interface Links {
  readonly ways: Ways;
  readonly humanIdentity: string;
  /** `ready`: the tracks are published, or being published, with a closed gate. */
  readonly bridge: 'none' | 'ready' | 'open';
  /** How long silence is relayed in place of the human agent after the bridge of this merge opens, in milliseconds. */
  readonly withholdMs: number;
  /** Moves that were requested and have not been observed. The server may perform them late, whatever it answered. */
  readonly unseenMoves: number;
  /** The ID of the unanswered request of each kind. Answers with another ID are ignored. */
  readonly awaiting: Readonly<Partial<Record<Request, number>>>;
  /** The ID of the newest request. */
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
  /** The human agent left the consult room, because of the move or for good. */
  readonly left?: MergeEnd;
}

/** The gate of the bridge is open, and both directions are being verified. */
export interface Bridging extends Linked {
  readonly phase: 'bridging';
  readonly left?: MergeEnd;
}

/** The human agent is in the caller room, and both directions are being verified. */
interface Verifying extends Linked {
  readonly phase: 'verifying';
  /** The consult room, to which the human agent would be moved back, was lost. */
  readonly left?: MergeEnd;
}

/** A merge failed, and the human agent whom the server was asked to move is being moved back, or else removed. */
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

/** Merged by a bridge, while the human agent's phone is asked to call into the caller room. */
interface Promoting extends Linked {
  readonly phase: 'promoting';
  /** The phone's old leg ended. */
  readonly left?: MergeEnd;
}

/** Merged in the caller room: the human agent was moved, or the phone has called in. */
interface Together extends Linked {
  readonly phase: 'moved' | 'promoted';
}

/** The merge has ended for good. */
export interface Ended extends Linked {
  readonly phase: 'ended';
  readonly end: MergeEnd;
}

export type StrategyState = Apart | Moving | Bridging | Verifying | Undoing | Bridged | Promoting | Together | Ended;

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
