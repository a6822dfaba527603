import type { Signaling } from '../front/signaling.js';
import type { GatewayTiming } from './gateway-timing.js';
import type { PhoneLine } from './phone-line.js';

/** What phones hang on. */
export interface PhoneNetwork {
  /** The phones' signaling. */
  readonly signaling: Signaling;
  readonly timing: GatewayTiming;
  newLine(ownProcess: boolean): PhoneLine;
  participants(roomName: string): Promise<readonly { readonly identity: string; readonly sid: string }[]>;
  removeParticipant(roomName: string, identity: string): Promise<void>;
  deleteRoom(roomName: string): Promise<void>;
}
