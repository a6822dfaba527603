import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallEnd } from '../phone/phone-call.js';
import type { DialRequest, SipGateway } from '../phone/sip-gateway.js';
import type { ServerKey } from '../server/server-config.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import { listOf, textOf } from '../sip/sip-records.js';
import type { FrontHandler } from './front.js';
import { readDialRequest, type Trunk } from './read-dial-request.js';
import { sipStatusError } from './sip-status-error.js';
import { mayCall, tokenOf } from './token.js';
import { sendJson, sendTwirpError, type TwirpError } from './twirp-error.js';
import { withoutTokens } from './without-tokens.js';

export const createSipParticipantPath = '/twirp/livekit.SIP/CreateSIPParticipant';

/** The server gives a dial that waits this long, and one that does not this long to join. */
const waitingLimitMs = 80_000;

const canceled: TwirpError = { code: 'canceled', msg: 'sip request timed out' };

/**
 * Answers CreateSIPParticipant by the simulated phones.
 *
 * A request without a good token goes on to the server, whose refusal is the real one.
 */
export function createSipParticipant(gateway: SipGateway, key: ServerKey, directory: SipDirectory): FrontHandler {
  return async (request, response, body) => {
    if (!mayCall(tokenOf(request), key)) return false;
    if (!isJson(request)) {
      sendTwirpError(response, { code: 'invalid_argument', msg: 'the phone lab reads JSON requests only' });
      return true;
    }
    const asked = readDialRequest(body, (id) => trunkOf(directory, id));
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
  const limited = waits ? { ...asked, ringLimitMs: Math.min(asked.ringLimitMs, waitingLimitMs) } : asked;
  const dial = await gateway.dial(limited).catch((error: unknown) => ({ failed: error }));
  if ('failed' in dial) {
    const cause = dial.failed instanceof Error ? dial.failed.message : String(dial.failed);
    sendTwirpError(response, { code: 'internal', msg: `the phone could not join the room: ${withoutTokens(cause)}` });
    return;
  }
  // The client may go away; the phone rings on, as with the real gateway.
  const outcome = waits ? await dial.outcome : 'answered';
  if (outcome !== 'answered') {
    sendTwirpError(response, errorOf(outcome));
    return;
  }
  sendJson(response, 200, {
    participant_id: dial.participantSid,
    participant_identity: asked.identity,
    room_name: asked.roomName,
    sip_call_id: dial.sipCallId,
  });
}

function trunkOf({ outboundTrunks }: SipDirectory, id: string): Trunk | undefined {
  const trunk = outboundTrunks.get(id);
  return trunk && { number: listOf(trunk, 'numbers')[0] ?? '', address: textOf(trunk, 'address') };
}

function errorOf(end: CallEnd): TwirpError {
  return end.sipStatus === undefined ? canceled : sipStatusError(end.sipStatus, end.sipPhrase);
}

function isJson(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/json');
}
