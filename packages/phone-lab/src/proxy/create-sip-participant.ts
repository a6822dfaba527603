import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneCallEnd } from '../phone/phone-call.js';
import type { DialRequest } from '../sip/dial-request.js';
import type { SipGateway } from '../gateway/sip-gateway.js';
import type { ServerKey } from '../server/server-config.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import type { FrontHandler } from './lab-proxy.js';
import { gatewayError } from '../twirp/gateway-error.js';
import { readDialRequest } from '../sip/read-dial-request.js';
import { sipStatusError } from '../twirp/sip-status-error.js';
import { mayCall, tokenOf } from './token.js';
import { sendJson, sendTwirpError, type TwirpError } from '../twirp/twirp-error.js';
import { withoutTokens } from '../twirp/without-tokens.js';

export const createSipParticipantPath = '/twirp/livekit.SIP/CreateSIPParticipant';

const canceled: TwirpError = gatewayError('canceled', 'sip request timed out');
const noResponse: TwirpError = gatewayError('canceled', 'transaction failed to complete (0 intermediate responses)');
const late: TwirpError = gatewayError('deadline_exceeded', 'request timed out');

/**
 * Answers CreateSIPParticipant by the simulated phones.
 *
 * A request without a valid token is passed on to the server, whose rejection is the real one.
 */
export function createSipParticipant(gateway: SipGateway, key: ServerKey, directory: SipDirectory): FrontHandler {
  return async (request, response, body) => {
    if (!mayCall(tokenOf(request), key)) return false;
    if (!isJson(request)) {
      sendTwirpError(response, { code: 'invalid_argument', msg: 'the phone lab reads JSON requests only' });
      return true;
    }
    const asked = readDialRequest(body, (id) => directory.outboundTrunks.get(id));
    if ('error' in asked) sendTwirpError(response, asked.error);
    else await dialAndAnswer(gateway, asked.dial, asked.waitUntilAnswered, response);
    return true;
  };
}

async function dialAndAnswer(
  gateway: SipGateway,
  asked: DialRequest,
  waits: boolean,
  response: ServerResponse,
): Promise<void> {
  const dial = await gateway.dial(asked).catch((error: unknown) => ({ failed: error }));
  if ('failed' in dial) {
    const cause = dial.failed instanceof Error ? dial.failed.message : String(dial.failed);
    sendTwirpError(response, { code: 'internal', msg: `the phone could not join the room: ${withoutTokens(cause)}` });
    return;
  }
  // The client may go away; the phone rings on, as with the real gateway.
  const limit = new AbortController();
  const tooLate = delay(gateway.network.timing.waitingDialMs, 'late' as const, { signal: limit.signal });
  const outcome = waits ? await Promise.race([dial.outcome, tooLate]) : 'answered';
  tooLate.catch(() => undefined);
  limit.abort();
  if (outcome === 'late') {
    // The client learns it first, then the phone falls silent.
    sendTwirpError(response, late);
    await dial.giveUp();
    return;
  }
  if (outcome !== 'answered') {
    sendTwirpError(response, errorOf(outcome, asked));
    return;
  }
  sendJson(response, 200, {
    participant_id: dial.participantSid,
    participant_identity: asked.identity,
    room_name: asked.roomName,
    sip_call_id: dial.sipCallId,
  });
}

function errorOf({ how, sipStatus, sipPhrase }: PhoneCallEnd, { hasPassword }: DialRequest): TwirpError {
  if (how === 'no-response') return noResponse;
  if (sipStatus === undefined) return canceled;
  if (sipStatus !== 401 && sipStatus !== 407) return sipStatusError(sipStatus, 'invite', sipPhrase);
  const text = hasPassword
    ? 'max auth retry attempts reached for SIP invite'
    : 'sip server required auth, but no username or password was provided';
  return gatewayError('failed_precondition', text);
}

function isJson(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/json');
}
