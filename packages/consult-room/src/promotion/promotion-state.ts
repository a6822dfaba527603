import type { Silenced } from '../bridge/relay-pair.js';
import type { PromotionFailure } from '../call/promotion.js';
import type { ReferAnswer } from './refer.js';

/** The phone's leg in the caller room, which joined by the one-time number. */
export interface Leg {
  readonly identity: string;
  /** Whether the call is connected, so that the phone's audio goes to this leg. */
  readonly isActive: boolean;
}

/** The facts that are known once the phone may have been asked to call. */
export interface Facts {
  /** The leg that counts; every other one is removed. */
  readonly leg: Leg | undefined;
  /** The server's answer to the REFER. */
  readonly answer: ReferAnswer | undefined;
  readonly oldLegEnded: boolean;
  /** The parties in place of whom the bridge relays silence. */
  readonly silenced: Silenced;
}

/** The one-time number is being created. */
interface CreatingNumber extends Facts {
  readonly phase: 'creating-number';
}

/** The phone was asked to call. */
export interface Calling extends Facts {
  readonly phase: 'calling';
}

/** The phone has called, or its old leg has ended, or the request has failed: a leg joins soon, or not at all. */
export interface Awaiting extends Facts {
  readonly phase: 'awaiting';
  /** The result if no leg becomes audible. */
  readonly otherwise: PromotionFailure;
  /** A leg had joined and has left again: once the server has answered, no other one is expected. */
  readonly legLeft: boolean;
}

/** The new leg is audible, and the old one is about to end. */
interface HandingOver extends Facts {
  readonly phase: 'handing-over';
  readonly leg: Leg;
}

/**
 * The promotion has failed, and the number is being removed. A phone that calls nevertheless counts, as long as the
 * call continues.
 */
interface Withdrawing extends Facts {
  readonly phase: 'withdrawing';
  readonly failure: PromotionFailure;
}

/** The human agent is in the caller room. Further legs are removed as long as the call continues, or the number exists. */
interface Promoted extends Facts {
  readonly phase: 'promoted';
  readonly leg: Leg;
  readonly hasEnded: boolean;
  /** Whether no call that was placed by the number can still arrive. */
  readonly isNumberGone: boolean;
}

interface Failed extends Facts {
  readonly phase: 'failed';
}

export type PromotionState = CreatingNumber | Calling | Awaiting | HandingOver | Withdrawing | Promoted | Failed;

export type PromotionPhase = PromotionState['phase'];

export const initialState: PromotionState = Object.freeze({
  phase: 'creating-number',
  leg: undefined,
  answer: undefined,
  oldLegEnded: false,
  silenced: 'none',
});
