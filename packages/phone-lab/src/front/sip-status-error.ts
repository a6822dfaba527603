import type { TwirpCode, TwirpError } from './twirp-error.js';

/** Reason phrases as LiveKit's gateway passes them on (RFC 3261, section 21). */
const phrases: Readonly<Record<number, string>> = {
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

function sipPhrase(sipStatus: number): string {
  return phrases[sipStatus] ?? `Status ${sipStatus}`;
}

/** What the API answers when the phone refuses a call with this SIP status. */
export function sipStatusError(sipStatus: number, phrase: string = sipPhrase(sipStatus)): TwirpError {
  return {
    code: twirpCodeOf(sipStatus),
    msg: `sip status ${sipStatus}: ${phrase}`,
    meta: { sip_status_code: String(sipStatus), sip_status: phrase, error_details: errorDetails(sipStatus, phrase) },
  };
}

function twirpCodeOf(sipStatus: number): TwirpCode {
  for (const [code, statuses] of Object.entries(statusesByCode)) {
    if (statuses.includes(sipStatus)) return code as TwirpCode;
  }
  return sipStatus >= 500 && sipStatus < 600 ? 'failed_precondition' : 'invalid_argument';
}

/** The status as a base64 `google.protobuf.Any` of `livekit.SIPStatus { code = 1; status = 2 }`. */
function errorDetails(sipStatus: number, phrase: string): string {
  const varint = (value: number): number[] =>
    value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
  const text = (field: number, bytes: Uint8Array): number[] => [field * 8 + 2, ...varint(bytes.length), ...bytes];
  const utf8 = new TextEncoder();
  const status = Uint8Array.from([8, ...varint(sipStatus), ...text(2, utf8.encode(phrase))]);
  const any = [...text(1, utf8.encode('type.googleapis.com/livekit.SIPStatus')), ...text(2, status)];
  return Buffer.from(any).toString('base64');
}

/** LiveKit's disconnect reason of a participant whose phone refused with this SIP status. */
export function disconnectReasonOf(sipStatus: number): 1 | 11 | 12 {
  if (sipStatus === 404 || sipStatus === 408 || sipStatus === 480) return 11;
  return sipStatus >= 500 && sipStatus < 600 ? 1 : 12;
}
