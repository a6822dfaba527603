import type { DialFailureStatus } from './dial-outcome.js';

/** The meaning of a SIP response to a dial. */
export interface SipResponse {
  /** The phrase of its RFC; gateways and phones may send another. */
  readonly phrase: string;
  readonly status: DialFailureStatus;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** The reason for the status, as one line for people. */
  readonly reason: string;
}

type Row = readonly [code: number, phrase: string, status: DialFailureStatus, retryable: boolean, reason: string];

/** RFC 3261 sections 21.3 to 21.6. */
const core: readonly Row[] = [
  [300, 'Multiple Choices', 'failed', false, 'redirected to several addresses, none of which was followed'],
  [301, 'Moved Permanently', 'failed', false, 'redirected to a new address for good, which was not followed'],
  [302, 'Moved Temporarily', 'failed', false, 'redirected to another address, which was not followed'],
  [305, 'Use Proxy', 'failed', false, 'must be called through a proxy, which was not used'],
  [380, 'Alternative Service', 'failed', false, 'referred to another service, which was not used'],
  [400, 'Bad Request', 'failed', false, 'the far side could not read the request'],
  [401, 'Unauthorized', 'trunk-rejected', false, 'the far side does not accept the user name and password'],
  [402, 'Payment Required', 'trunk-rejected', false, 'the account is out of credit'],
  [403, 'Forbidden', 'trunk-rejected', false, 'the trunk does not allow this caller ID or destination'],
  [404, 'Not Found', 'invalid-number', false, 'there is no such number'],
  [405, 'Method Not Allowed', 'failed', false, 'that address takes no calls'],
  [406, 'Not Acceptable', 'failed', false, 'the far side cannot answer in a form that we accept'],
  [407, 'Proxy Authentication Required', 'trunk-rejected', false, 'a proxy does not accept the user name and password'],
  [408, 'Request Timeout', 'no-answer', true, 'no answer in time'],
  [410, 'Gone', 'invalid-number', false, 'the number was given up'],
  [413, 'Request Entity Too Large', 'failed', false, 'the request is too large for the far side'],
  [414, 'Request-URI Too Long', 'invalid-number', false, 'the number or address is too long'],
  [415, 'Unsupported Media Type', 'failed', false, 'the far side does not know the kind of media description'],
  [416, 'Unsupported URI Scheme', 'invalid-number', false, 'the kind of address is not understood'],
  [420, 'Bad Extension', 'failed', false, 'the far side lacks an extension that the call demands'],
  [421, 'Extension Required', 'failed', false, 'the far side demands an extension that the call does not offer'],
  [423, 'Interval Too Brief', 'failed', false, 'a period that the call asks for is too short for the far side'],
  [480, 'Temporarily Unavailable', 'no-answer', true, 'the phone is signed out, or stopped ringing by itself'],
  [481, 'Call/Transaction Does Not Exist', 'failed', true, 'the far side lost track of the call'],
  [482, 'Loop Detected', 'failed', false, 'the call was routed in a circle'],
  [483, 'Too Many Hops', 'failed', false, 'the call was passed on too many times'],
  [484, 'Address Incomplete', 'invalid-number', false, 'digits are missing'],
  [485, 'Ambiguous', 'invalid-number', false, 'the address means several people'],
  [486, 'Busy Here', 'busy', true, 'the phone is in use'],
  [487, 'Request Terminated', 'failed', true, 'ended before the answer, and not by us'],
  [488, 'Not Acceptable Here', 'failed', false, 'no codec or encryption in common'],
  [491, 'Request Pending', 'failed', true, 'crossed another request on the same call'],
  [493, 'Undecipherable', 'failed', false, 'the far side cannot decrypt the request'],
  [500, 'Server Internal Error', 'failed', true, 'an error of the far side'],
  [501, 'Not Implemented', 'failed', false, 'the far side cannot do what the call demands'],
  [502, 'Bad Gateway', 'unreachable', true, 'a gateway got no sense from the network behind it'],
  [503, 'Service Unavailable', 'unreachable', true, 'the far side is overloaded or out of service'],
  [504, 'Server Time-out', 'unreachable', true, 'a server on the way did not respond'],
  [505, 'Version Not Supported', 'failed', false, 'the far side speaks another version of SIP'],
  [513, 'Message Too Large', 'failed', false, 'the request is too long for the far side'],
  [600, 'Busy Everywhere', 'busy', true, 'every phone of the callee is in use'],
  [603, 'Decline', 'declined', false, 'the callee refused the call'],
  [604, 'Does Not Exist Anywhere', 'invalid-number', false, 'there is no such number anywhere'],
  [606, 'Not Acceptable', 'failed', false, 'no codec or encryption in common with any phone of the callee'],
];

/** Codes of later RFCs; the number before each group is the RFC. */
const later: readonly Row[] = [
  // 3903
  [412, 'Conditional Request Failed', 'failed', false, 'a condition of the request does not hold'],
  // 4412
  [417, 'Unknown Resource-Priority', 'failed', false, 'the far side does not know the priority that the call asks for'],
  // 4028
  [422, 'Session Interval Too Small', 'failed', false, 'the session timer is too short for the far side'],
  // 6442
  [424, 'Bad Location Information', 'failed', false, 'the location that the call carries is malformed'],
  // 8876
  [425, 'Bad Alert Message', 'failed', false, 'the emergency alert that the call carries is malformed'],
  // 8224: to be fixed where the calls of the trunk are signed (STIR)
  [428, 'Use Identity Header', 'trunk-rejected', false, 'the far side takes signed calls only'],
  [436, 'Bad Identity Info', 'trunk-rejected', false, 'the certificate of the caller ID could not be fetched'],
  [437, 'Unsupported Credential', 'trunk-rejected', false, 'the certificate of the caller ID is not accepted'],
  [438, 'Invalid Identity Header', 'trunk-rejected', false, 'the signature of the caller ID is not valid'],
  // 3892
  [429, 'Provide Referrer Identity', 'failed', false, 'the far side wants to know who referred the call'],
  // 5626
  [430, 'Flow Failed', 'unreachable', true, 'the connection to the phone is broken'],
  [439, 'First Hop Lacks Outbound Support', 'failed', false, 'the first proxy lacks an extension'],
  // 5079
  [433, 'Anonymity Disallowed', 'declined', false, 'the callee takes no anonymous calls'],
  // 5393
  [440, 'Max-Breadth Exceeded', 'failed', false, 'the call was split to too many addresses'],
  // 6086
  [469, 'Bad Info Package', 'failed', false, 'the far side does not know the kind of message in the call'],
  // 5360
  [470, 'Consent Needed', 'failed', false, 'the callee has not agreed to such calls'],
  // 6665
  [489, 'Bad Event', 'failed', false, 'the far side does not know the event that was asked for'],
  // 3329
  [494, 'Security Agreement Required', 'failed', false, 'the far side wants to agree on a security mechanism first'],
  // 8599
  [555, 'Push Notification Service Not Supported', 'failed', false, 'the phone cannot be woken'],
  // 3312
  [580, 'Precondition Failure', 'failed', true, 'the network could not reserve what the call needs'],
  // 8197
  [607, 'Unwanted', 'declined', false, 'the callee does not want our calls'],
  // 8688
  [608, 'Rejected', 'declined', false, 'a screening service rejected the call'],
];

const response = (phrase: string, status: DialFailureStatus, retryable: boolean, reason: string): SipResponse =>
  Object.freeze({ phrase, status, retryable, reason });

export const sipResponses: ReadonlyMap<number, SipResponse> = new Map(
  [...core, ...later].map(([code, ...explained]) => [code, response(...explained)]),
);

/** The meaning of a code in neither table, by its hundreds (RFC 3261 section 8.1.3.2). */
const classes: ReadonlyMap<number, SipResponse> = new Map([
  [3, response('Redirection', 'failed', false, 'redirected to another address, which was not followed')],
  [4, response('Request Failure', 'failed', false, 'the far side does not take the request as it is')],
  [5, response('Server Failure', 'failed', true, 'an error of the far side')],
  [6, response('Global Failure', 'declined', false, 'refused wherever the callee may be')],
]);

const unknown = response('Unknown', 'failed', false, 'not a SIP status of a failed call');

/** Explains the SIP status of a failed call: the phrase of its RFC, the status of the dial, and the reason. A code that no RFC defines has the meaning of its class. */
export function explainSipStatus(code: number): SipResponse {
  return sipResponses.get(code) ?? classes.get(Math.floor(code / 100)) ?? unknown;
}
