import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import type { RelayPair } from '../merge/relay-pair.js';
import type { PeopleService } from '../move/people-service.js';
import type { ResolvedRejoinOptions } from './rejoin-options.js';
import type { SipService } from './sip-service.js';

export interface PromoteContext {
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  readonly consultRoom: Room;
  readonly humanIdentity: string;
  readonly relays: RelayPair;
  readonly rejoin: ResolvedRejoinOptions;
  readonly sip: SipService;
  readonly people: PeopleService;
  /** Resolves when the old line leaves the consult room. */
  readonly oldLegGone: Promise<unknown>;
  /** The call ended by something else, or is parted. */
  readonly over: AbortSignal;
  /** Of who asked for the promotion. */
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (error: ConsultRoomError) => void;
}
