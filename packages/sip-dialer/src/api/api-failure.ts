import { SipDialerError } from '../sip-dialer-error.js';
import type { Redactor } from './redactor.js';

/**
 * The failure of a request to dial, by what it reveals about the phone:
 *
 * - `sip`: the far side responded with a SIP status; the attempt has ended.
 * - `gateway-ended`: the gateway ended the attempt without a status: ringing timeout, silence, or the leg was removed.
 * - `unauthorized`: the far side requires a user name and password, which are missing or wrong (SIP 401, 407).
 * - `rejected`: the server placed no call.
 * - `unsent`: the request never arrived.
 * - `ambiguous`: the server failed; the phone may ring.
 * - `connection-lost`: the connection was lost, or a proxy before the server timed out; the server may be dialing.
 */
export interface ApiFailure {
  readonly kind: 'sip' | 'gateway-ended' | 'unauthorized' | 'rejected' | 'unsent' | 'ambiguous' | 'connection-lost';
  readonly error: SipDialerError;
}

/** Recognizes the SDK's errors by shape: two copies of it may be installed. */
export function recognizeFailure(thrown: unknown, redact: Redactor): ApiFailure {
  const { status, code, metadata, message } = shapeOf(thrown);
  const text = redact(message);
  if (typeof status !== 'number') return recognizeTransportFailure(thrown, text);

  const serverCode = typeof code === 'string' ? redact(code) : undefined;
  const sipStatusCode = Number(metadata['sip_status_code']);
  const facts = { httpStatus: status, serverCode };
  if (Number.isInteger(sipStatusCode) && sipStatusCode > 0) {
    const sipStatus = metadata['sip_status'] === undefined ? undefined : redact(metadata['sip_status']);
    const details = { ...facts, sipStatusCode, sipStatus };
    return { kind: 'sip', error: new SipDialerError('call-failed', text, details) };
  }
  // HTTP 408 stands for two Twirp codes; only `canceled` means that the gateway itself has ended the call.
  if (serverCode === 'canceled')
    return { kind: 'gateway-ended', error: new SipDialerError('call-failed', text, facts) };
  if (status === 408 || status >= 500) {
    if (serverCode === undefined)
      return { kind: 'connection-lost', error: new SipDialerError('server-error', notLiveKit(status), facts) };
    return { kind: 'ambiguous', error: new SipDialerError('server-error', text, facts) };
  }
  // The gateway does not pass on the SIP status here: only its message reveals it.
  if (serverCode === 'failed_precondition' && authenticationFailed.test(text)) {
    return { kind: 'unauthorized', error: new SipDialerError('call-failed', text, facts) };
  }
  return { kind: 'rejected', error: new SipDialerError('refused', text, facts) };
}

/** Returns the message for a response that is not the server's own. */
function notLiveKit(status: number): string {
  return `HTTP ${status} from something other than LiveKit: a proxy before the server gave up, or url is not LiveKit's`;
}

const authenticationFailed = /auth retry attempts|server required auth|no auth header/;

const neverConnected = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function recognizeTransportFailure(thrown: unknown, text: string): ApiFailure {
  // The SDK could not read the body of a response with HTTP 200.
  if (thrown instanceof SyntaxError)
    return { kind: 'connection-lost', error: new SipDialerError('server-error', notLiveKit(200)) };
  const reason = shapeOf(shapeOf(thrown).cause).code;
  const message = typeof reason === 'string' ? `${text} (${reason})` : text;
  return typeof reason === 'string' && neverConnected.has(reason)
    ? { kind: 'unsent', error: new SipDialerError('unreachable', message) }
    : { kind: 'connection-lost', error: new SipDialerError('connection-lost', message) };
}

interface ErrorShape {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly message: string;
  readonly metadata: { readonly [name: string]: string | undefined };
}

function shapeOf(value: unknown): ErrorShape {
  const { status, code, cause, message, metadata } = (typeof value === 'object' && value !== null ? value : {}) as {
    [name in keyof ErrorShape]?: unknown;
  };
  return {
    status,
    code,
    cause,
    message: typeof message === 'string' ? message : String(value),
    metadata: (typeof metadata === 'object' && metadata !== null ? metadata : {}) as ErrorShape['metadata'],
  };
}

/**
 * Returns true if the phone had accepted the transfer before it failed (reported by NOTIFY, RFC 3515 section 2.4.4), and
 * false if it rejected the transfer. Only the gateway's message tells the two apart; it is in the error details, a base64
 * `google.rpc.Status`, which the SDK does not replace. Returns `undefined` without details.
 */
export function readTransferAccepted(thrown: unknown): boolean | undefined {
  const words = Buffer.from(shapeOf(thrown).metadata['error_details'] ?? '', 'base64').toString('latin1');
  if (words.includes('call transfer failed:')) return true;
  return words.includes('sip status: ') ? false : undefined;
}

/** Whether the server responded that there is no such participant or room. */
export function saysNotFound(thrown: unknown): boolean {
  return shapeOf(thrown).status === 404 && shapeOf(thrown).code === 'not_found';
}
