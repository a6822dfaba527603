import type { SipGateway } from '../gateway/sip-gateway.js';
import type { ServerKey } from '../server/server-config.js';
import { textOf } from '../sip/sip-records.js';
import type { FrontHandler } from './lab-proxy.js';
import { noResponse } from './node-requests.js';
import { parseFields } from '../sip/read-dial-request.js';
import { mayMove, tokenOf } from './token.js';
import { sendJson, sendTwirpError } from '../twirp/twirp-error.js';

export const moveParticipantPath = '/twirp/livekit.RoomService/MoveParticipant';

/**
 * Imitates LiveKit Cloud's MoveParticipant: a phone leaves its room and joins the other one under its identity.
 *
 * A participant who is no phone is the server's business, which has not implemented it.
 */
export function moveParticipant(gateway: Pick<SipGateway, 'liveCalls'>, key: ServerKey): FrontHandler {
  return async (request, response, body) => {
    const fields = parseFields(body);
    if (!fields) return false;
    const [room, identity, destination] = [
      textOf(fields, 'room'),
      textOf(fields, 'identity'),
      textOf(fields, 'destinationRoom'),
    ];
    if (!mayMove(tokenOf(request), key, room, destination) || room === destination) return false;
    const call = gateway.liveCalls.find((one) => one.roomName === room && one.setup.seat.identity === identity);
    if (!call) return false;
    try {
      await call.move(destination);
      sendJson(response, 200, {});
    } catch {
      // The call has ended by now: it was hung up meanwhile, or the other room could not be joined.
      sendTwirpError(response, noResponse);
    }
    return true;
  };
}
