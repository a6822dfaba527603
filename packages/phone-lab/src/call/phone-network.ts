import type { Signaling } from '../network/signaling.js';
import type { LineRoute } from '../network/line-route.js';
import type { LineRoutes } from '../network/line-routes.js';
import type { GatewayTiming } from './gateway-timing.js';
import type { PhoneLine } from '../line/phone-line.js';

/** The network of all phones. */
export interface PhoneNetwork {
  /** The phones' signaling. */
  readonly signaling: Signaling;
  /** The ways of the phones' packets. */
  readonly routes: LineRoutes;
  readonly timing: GatewayTiming;
  /** A line whose packets take this way; without one they go straight to the server. */
  newLine(ownProcess: boolean, route?: LineRoute): PhoneLine;
  participants(roomName: string): Promise<readonly { readonly identity: string; readonly sid: string }[]>;
  removeParticipant(roomName: string, identity: string): Promise<void>;
  deleteRoom(roomName: string): Promise<void>;
}
