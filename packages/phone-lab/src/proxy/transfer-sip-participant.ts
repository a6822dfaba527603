import type { SipGateway } from '../gateway/sip-gateway.js';
import { numberOfUri } from '../phone/refer.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import type { ServerKey } from '../server/server-config.js';
import { mapOf, textOf } from '../sip/sip-records.js';
import type { TransferRequest } from '../gateway/transfer-call.js';
import type { FrontHandler } from './lab-proxy.js';
import { durationMs, parseFields } from '../sip/read-dial-request.js';
import { mayAdminRoom, mayUseSip, tokenOf } from './token.js';
import { sendJson, sendTwirpError, type TwirpError } from '../twirp/twirp-error.js';

export const transferSipParticipantPath = '/twirp/livekit.SIP/TransferSIPParticipant';

/** How long a transfer may take when the request does not say. */
const defaultLimitMs = 30_000;

/** Transfers a call; resolves with the error to answer, if it failed. */
export type Transfer = (call: SimulatedCall, request: TransferRequest) => Promise<TwirpError | undefined>;

/**
 * Answers TransferSIPParticipant by the simulated phones.
 *
 * A request without permission, or for a participant that is not a phone, is passed on to the server, whose rejection is
 * the real one.
 */
export function transferSipParticipant(
  gateway: Pick<SipGateway, 'liveCalls'>,
  key: ServerKey,
  transfer: Transfer,
): FrontHandler {
  return async (request, response, body) => {
    const token = tokenOf(request);
    const fields = parseFields(body);
    if (!fields || !mayUseSip(token, key, 'call')) return false;
    const [roomName, identity, uri] = ['roomName', 'participantIdentity', 'transferTo'].map((name) =>
      textOf(fields, name),
    );
    if (!mayAdminRoom(token, roomName ?? '')) return false;
    const wrong = whatIsWrong(roomName, identity, uri);
    const call = gateway.liveCalls.find(
      (one) => one.hasLine && one.roomName === roomName && one.setup.seat.identity === identity,
    );
    if (wrong === undefined && !call) return false;
    const limitMs = durationMs(fields['ringingTimeout']) ?? defaultLimitMs;
    const error: TwirpError | undefined =
      wrong !== undefined || !call
        ? { code: 'invalid_argument', msg: wrong ?? '' }
        : await transfer(call, { uri: uri ?? '', limitMs, headers: mapOf(fields, 'headers') });
    if (error) sendTwirpError(response, error);
    else sendJson(response, 200, {});
    return true;
  };
}

function whatIsWrong(roomName = '', identity = '', uri = ''): string | undefined {
  if (roomName === '') return 'Missing room name';
  if (identity === '') return 'Missing participant identity';
  if (uri === '') return 'missing transfer to';
  const isAddress = numberOfUri(uri) !== undefined;
  return isAddress ? undefined : 'transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)';
}
