import type { Room } from '@livekit/rtc-node';
import type { ParticipantService } from '../api/participant-service.js';
import type { SipService } from '../api/sip-service.js';
import type { RelayPair } from '../bridge/relay-pair.js';
import type { Promotion } from '../call/promotion.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParsedRejoinOptions } from '../options/rejoin-options.js';

export interface PromotionContext {
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  readonly consultRoom: Room;
  readonly humanIdentity: string;
  readonly relays: Pick<RelayPair, 'silence'>;
  readonly rejoin: ParsedRejoinOptions;
  readonly sip: SipService;
  readonly participants: ParticipantService;
  /** Aborts when the call ends for another reason, or the merge is closed. */
  readonly callEnded: AbortSignal;
  /** The application's signal. */
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (error: ConsultRoomError) => void;
  /** Called once with the result. From here on, the leg of a successful promotion carries the call. */
  readonly onPromotion: (promotion: Promotion) => void;
}
