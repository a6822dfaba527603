import type { Held } from '../bridge/relay-pair.js';
import type { PromotionFailure } from '../call/promotion.js';
import type { ReferAnswer } from './refer.js';

/** The phone's line into the caller's room, by its one-time number. */
export interface Line {
  readonly identity: string;
  /** The call is connected, and the phone's audio goes there. */
  readonly isActive: boolean;
}

/** What is known once the phone may have been told to call. */
export interface Facts {
  /** The line that counts; every other one is removed. */
  readonly line: Line | undefined;
  /** What the server has said of the REFER. */
  readonly answer: ReferAnswer | undefined;
  readonly oldLineEnded: boolean;
  /** In place of whom the bridge relays silence. */
  readonly held: Held;
}

/** The one-time number is being made. */
interface Numbering extends Facts {
  readonly phase: 'numbering';
}

/** The phone was told to call. */
export interface Calling extends Facts {
  readonly phase: 'calling';
}

/** The phone has called, or its old line has ended, or the request has failed: a line comes soon, or not at all. */
export interface Awaiting extends Facts {
  readonly phase: 'awaiting';
  /** The result if no line is heard. */
  readonly otherwise: PromotionFailure;
  /** A line had come and is gone again: nothing is waited for once the server has answered. */
  readonly lineWent: boolean;
}

/** The new line is heard, and the old one is about to end. */
interface HandingOver extends Facts {
  readonly phase: 'handing-over';
  readonly line: Line;
}

/** It has failed, and the number is being removed. A phone that calls all the same counts, while the call goes on. */
interface Withdrawing extends Facts {
  readonly phase: 'withdrawing';
  readonly failure: PromotionFailure;
}

/** The human agent is in the caller's room. Further lines are removed while the call goes on, or the number exists. */
interface Promoted extends Facts {
  readonly phase: 'promoted';
  readonly line: Line;
  readonly isOver: boolean;
  /** No call that came by the number can still be on its way. */
  readonly isNumberGone: boolean;
}

interface Failed extends Facts {
  readonly phase: 'failed';
}

export type RejoinState = Numbering | Calling | Awaiting | HandingOver | Withdrawing | Promoted | Failed;

export type RejoinPhase = RejoinState['phase'];

export const initialState: RejoinState = Object.freeze({
  phase: 'numbering',
  line: undefined,
  answer: undefined,
  oldLineEnded: false,
  held: 'nobody',
});
