import type { ConsultRoomError } from '../consult-room-error.js';

/** The result of a promotion. Further reasons may be added. */
export type Promotion =
  | {
      readonly promoted: true;
      /** The identity of the human agent's new leg in the caller room. */
      readonly humanIdentity: string;
      readonly tookMs: number;
    }
  | {
      readonly promoted: false;
      readonly reason:
        /** The phone, or its trunk, rejected the request; see `sipStatus`. The bridge continues. */
        | 'rejected'
        /** The phone did not answer, or never called. The bridge continues. */
        | 'no-answer'
        /** The request to the server failed; see `error`. The bridge continues. */
        | 'server'
        /** The human agent is in a browser. The bridge continues. */
        | 'not-a-phone'
        /**
         * The new leg would have the identity of a participant in the caller room, whom the server would disconnect. A
         * caller whose own identity has the form of a hidden number is not promoted, and the bridge continues; a leg
         * that has joined is removed.
         */
        | 'identity-conflict'
        /** There is no bridge to promote, or the server may still move the human agent. */
        | 'not-bridged'
        /** The signal aborted before the phone called. The bridge continues. */
        | 'aborted'
        /** The human agent hung up instead. */
        | 'human-left'
        /** The call ended meanwhile. */
        | 'ended';
      readonly sipStatus?: number;
      readonly error?: ConsultRoomError;
    };

export type PromotionFailure = Extract<Promotion, { promoted: false }>;

export function failPromotion(reason: PromotionFailure['reason']): PromotionFailure {
  return { promoted: false, reason };
}
