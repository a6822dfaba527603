import { ServerError, SipCallError } from 'livekit-server-sdk';
import { explainSipStatus } from '../outcome/sip-responses.js';

/** The server's report of a SIP response to a dial: HTTP status, Twirp code, and the leg's disconnect reason. */
const reports: Readonly<Record<number, readonly [http: number, code: string, reason: number]>> = {
  403: [403, 'permission_denied', 12],
  404: [404, 'not_found', 11],
  408: [408, 'deadline_exceeded', 11],
  410: [404, 'not_found', 12],
  480: [429, 'resource_exhausted', 11],
  484: [400, 'invalid_argument', 12],
  486: [429, 'resource_exhausted', 12],
  487: [409, 'aborted', 12],
  488: [400, 'invalid_argument', 12],
  500: [412, 'failed_precondition', 1],
  503: [412, 'failed_precondition', 1],
  600: [429, 'resource_exhausted', 12],
  603: [403, 'permission_denied', 12],
};

/** Adds the prefix of messages that come from the gateway or a room, not from the server itself. */
const fromGateway = (text: string): string => `twirp error unknown: ${text}`;

export interface ScriptedRejection {
  readonly error: Error;
  readonly disconnectReason: number;
}

/** Creates the SDK's error and the leg's disconnect reason for a SIP status. */
export function sipRejection(sipStatusCode: number): ScriptedRejection {
  const [http, code, disconnectReason] = reports[sipStatusCode] ?? [412, 'failed_precondition', 1];
  const metadata = {
    sip_status_code: String(sipStatusCode),
    sip_status: explainSipStatus(sipStatusCode).phrase,
    error_details: 'AAAA',
  };
  const message = fromGateway(`sip status: ${sipStatusCode}`);
  return { error: new SipCallError('SipCallError', message, http, code, metadata), disconnectReason };
}

/**
 * Creates the SDK's error for a failed transfer. The SDK drops the server's message, which is also in the error details (a
 * `google.rpc.Status`); only the message distinguishes a rejection from a failure to reach the target.
 */
export function transferFailure(sipStatusCode: number, { accepted }: { accepted: boolean }): Error {
  const [http, code] = reports[sipStatusCode] ?? [400, 'invalid_argument'];
  const { phrase } = explainSipStatus(sipStatusCode);
  const words = `${accepted ? 'call transfer failed: ' : ''}sip status: ${sipStatusCode}: ${phrase}`;
  const details = Buffer.concat([Buffer.from([0x08, 3, 0x12, words.length]), Buffer.from(words)]);
  const metadata = {
    sip_status_code: String(sipStatusCode),
    sip_status: phrase,
    error_details: details.toString('base64'),
  };
  return new SipCallError('SipCallError', fromGateway(words), http, code, metadata);
}

/** The phone did not answer the REFER. */
export const requestDeadline = (): Error =>
  new ServerError('Request Timeout', fromGateway('request timed out'), 408, 'deadline_exceeded');

/** The gateway missed the response of the phone, which may leave nevertheless. */
export const referUnheard = (): Error =>
  new ServerError(
    'Request Timeout',
    fromGateway('transaction failed to complete (0 intermediate responses)'),
    408,
    'canceled',
  );

export const transferredElsewhere = (): Error =>
  new ServerError('Bad Request', fromGateway('call already being transferred elsewhere'), 400, 'invalid_argument');

export const noSipSession = (): Error =>
  new ServerError('Bad Request', 'no SIP session associated with participant', 400, 'invalid_argument');

/** One and the same error for "rang, not answered", "nothing there" and "removed". */
export const requestTimedOut = (): Error =>
  new ServerError('Request Timeout', fromGateway('sip request timed out'), 408, 'canceled');

/** The server failed while it handled the request; the work that it had started continues. */
export const serverBroke = (): Error => new ServerError('Internal Server Error', 'internal error', 500, 'internal');

/** A proxy responds in place of the server: a page that no Twirp client can read, whose text becomes the message. */
export const proxyPage = (httpStatus: number): Error =>
  new ServerError('', `<html><head><title>${httpStatus}</title></head></html>`, httpStatus);

export const unknownTrunk = (): Error =>
  new ServerError('Not Found', 'requested sip trunk does not exist', 404, 'not_found');

export const noSuchParticipant = (): Error =>
  new ServerError('Not Found', fromGateway('participant does not exist'), 404, 'not_found');

/** The server repeats the whole token, as text. */
export const wrongSecret = (token: string): Error =>
  new ServerError(
    'Unauthorized',
    `invalid token: ${token}, error: go-jose/go-jose: error in cryptographic primitive`,
    401,
  );

/** Creates the error of `fetch`: before the request was sent (`ECONNREFUSED`), or while it waited (`UND_ERR_SOCKET`). */
export const transportFailure = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('socket'), { code }) });
