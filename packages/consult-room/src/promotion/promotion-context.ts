import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { RelayPair } from '../bridge/relay-pair.js';
import type { PeopleService } from '../api/participant-service.js';
import type { Promotion } from '../call/promotion.js';
import type { ResolvedRejoinOptions } from '../options/rejoin-options.js';
import type { SipService } from '../api/sip-service.js';

export interface PromoteContext {
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  readonly consultRoom: Room;
  readonly humanIdentity: string;
  readonly relays: Pick<RelayPair, 'hold'>;
  readonly rejoin: ResolvedRejoinOptions;
  readonly sip: SipService;
  readonly people: PeopleService;
  /** The call ended by something else, or is parted. */
  readonly over: AbortSignal;
  /** Of who asked for the promotion. */
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (error: ConsultRoomError) => void;
  /** Called once with the result. A promoted line carries the call from here on. */
  readonly onPromotion: (promotion: Promotion) => void;
}
