import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { RelayPair } from '../merge/relay-pair.js';
import type { PeopleService } from '../move/people-service.js';
import type { Promotion } from './promotion.js';
import type { ResolvedRejoinOptions } from './rejoin-options.js';
import type { SipService } from './sip-service.js';

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
