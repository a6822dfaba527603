import { errorDetails } from './error-details.js';
import { gatewayError } from './gateway-error.js';
import type { TwirpCode, TwirpError } from './twirp-error.js';

/** Reason phrases as LiveKit's gateway passes them on (RFC 3261, section 21). */
const phrases: Readonly<Record<number, string>> = {
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  305: 'Use Proxy',
  380: 'Alternative Service',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  410: 'Gone',
  415: 'Unsupported Media Type',
  420: 'Bad Extension',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  484: 'Address Incomplete',
  485: 'Ambiguous',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  505: 'Version Not Supported',
  600: 'Busy Everywhere',
  603: 'Decline',
  604: 'Does Not Exist Anywhere',
  606: 'Not Acceptable',
  607: 'Unwanted',
  608: 'Rejected',
};

/** SIP statuses by the Twirp code that the server turns them into; the rest goes by their hundreds. */
const statusesByCode: Partial<Record<TwirpCode, readonly number[]>> = {
  not_found: [301, 302, 404, 410, 481, 604],
  permission_denied: [401, 402, 403, 433, 470, 603, 607, 608],
  unauthenticated: [407, 428, 436, 437, 438, 494],
  deadline_exceeded: [408, 504],
  failed_precondition: [409, 412, 482, 483, 500, 501, 502, 503],
  out_of_range: [416],
  resource_exhausted: [440, 480, 486, 600],
  aborted: [487, 491],
  invalid_argument: [505, 513],
};

/** To what the far side gave its SIP status. */
export type SipRequest = 'invite' | 'refer' | 'call-of-refer';

/** Refusals that the gateway expects, and calls failures. */
const failures: readonly number[] = [400, 404, 480, 486, 488];

/** Creates the API's error for a call that is rejected with this SIP status. */
export function sipStatusError(sipStatus: number, to: SipRequest, phrase: string = sipPhrase(sipStatus)): TwirpError {
  const text = `${prefixOf(to, sipStatus)}sip status: ${sipStatus}: ${phrase}`;
  const code = twirpCodeOf(sipStatus);
  const error_details = errorDetails(code, text, { code: sipStatus, phrase });
  return gatewayError(code, text, { sip_status_code: String(sipStatus), sip_status: phrase, error_details });
}

function prefixOf(to: SipRequest, sipStatus: number): string {
  if (to === 'refer') return '';
  if (to === 'call-of-refer') return 'call transfer failed: ';
  return failures.includes(sipStatus) ? 'INVITE failed: ' : 'unexpected status from INVITE response: ';
}

function sipPhrase(sipStatus: number): string {
  return phrases[sipStatus] ?? `Status ${sipStatus}`;
}

function twirpCodeOf(sipStatus: number): TwirpCode {
  for (const [code, statuses] of Object.entries(statusesByCode)) {
    if (statuses.includes(sipStatus)) return code as TwirpCode;
  }
  return sipStatus >= 500 && sipStatus < 600 ? 'failed_precondition' : 'invalid_argument';
}

/** Returns LiveKit's disconnect reason of a participant whose phone rejected the call with this SIP status. */
export function disconnectReasonOf(sipStatus: number): 1 | 11 | 12 {
  if (sipStatus === 404 || sipStatus === 408 || sipStatus === 480) return 11;
  const isFault = sipStatus < 400 || (sipStatus >= 500 && sipStatus < 600);
  return isFault ? 1 : 12;
}
