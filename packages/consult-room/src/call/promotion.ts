import type { ConsultRoomError } from '../consult-room-error.js';

/** What became of the try to bring the human agent's own line into the caller's room. */
export type Promotion =
  | {
      readonly promoted: true;
      /** Of the new line, in the caller's room. */
      readonly humanIdentity: string;
      readonly tookMs: number;
    }
  | {
      readonly promoted: false;
      readonly reason:
        /** The phone, or what carries its calls, does not do it; see `sipStatus`. The bridge goes on. */
        | 'refused'
        /** The phone did not answer, or never called. The bridge goes on. */
        | 'no-answer'
        /** The server could not be asked; see `error`. The bridge goes on. */
        | 'server'
        /** The human agent is in a browser. The bridge goes on. */
        | 'not-a-phone'
        /**
         * The new line would have, or had, the identity of somebody in the caller's room, whom the server disconnects
         * then. A caller whose own identity has the form of a hidden number is not promoted, and the bridge goes on; a
         * line that came is removed.
         */
        | 'identity-conflict'
        /** There is no bridge to promote, or the server may still move the human agent. */
        | 'not-bridged'
        /** The signal ended before the phone called. The bridge goes on. */
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
