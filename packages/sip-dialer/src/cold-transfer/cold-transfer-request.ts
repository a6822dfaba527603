import { required } from '@org/support';
import type { LegPlace } from '../leg/leg-observer.js';
import { callTransferOptions, coldTransferRequest } from '../options/cold-transfer-shape.js';
import { line } from '../options/sip-rules.js';
import { requireThat, validate } from '../options/validate.js';
import { plainNumber } from '../request/plain-number.js';
import { secretsIn } from '../request/secrets-in.js';

/** A cold transfer: asks a phone, by SIP REFER (RFC 3515), to leave its room and call a target itself. */
export interface ColdTransferRequest {
  readonly roomName: string;
  /** Identity of the phone in the room, whether it was dialed or called in. */
  readonly identity: string;
  /** The target: `sip:user@host`, `sips:user@host`, `tel:` URI, or a phone number, which is sent as `tel:`. */
  readonly to: string;
  /** Extra headers of the REFER. Those that make up the call itself (Via, Refer-To, Contact, …) are rejected. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long the phone may take to reach the target, in milliseconds; 1000 to 600000, rounded up to seconds. Default 30000. */
  readonly ringingTimeoutMs?: number | undefined;
  /** Plays a dial tone to the phone until the target answers, instead of the room's audio. Default false. */
  readonly playDialtone?: boolean | undefined;
}

/** Options of `SipCall.coldTransfer()`. */
export type CallTransferOptions = Omit<ColdTransferRequest, 'roomName' | 'identity' | 'to'> & ColdTransferOptions;

/** Options of one cold transfer, besides the request. */
export interface ColdTransferOptions {
  /** Aborting ends the wait. A request that was sent cannot be taken back. */
  readonly signal?: AbortSignal | undefined;
}

export interface ColdTransferPlan {
  readonly roomName: string;
  readonly identity: string;
  readonly to: string;
  readonly ringingTimeoutS: number;
  readonly headers: Record<string, string> | undefined;
  readonly playDialtone: boolean | undefined;
  /** Strings that no error may show. */
  readonly secrets: readonly string[];
}

/** @throws SipDialerError for a request that cannot be honored */
export function planColdTransfer(request: ColdTransferRequest): ColdTransferPlan {
  validate(coldTransferRequest, request, 'request');
  const { roomName, identity, headers, playDialtone } = request;
  const { ringingTimeoutMs = 30_000 } = request;
  const to = checkReferTo(request.to);
  const [, user = to] = /^\w+:([^@;]+)/.exec(to) ?? [];
  return {
    roomName,
    identity,
    to,
    secrets: [roomName, identity, request.to, to, user, ...secretsIn(headers)],
    ringingTimeoutS: Math.ceil(ringingTimeoutMs / 1000),
    headers: headers && { ...headers },
    playDialtone,
  };
}

/** Plans a cold transfer of a call that was dialed. */
export function planCallTransfer(place: LegPlace, to: string, options: CallTransferOptions): ColdTransferPlan {
  validate(callTransferOptions, options, 'options');
  const { roomName, identity } = place;
  const { signal: _signal, ...rest } = options;
  return planColdTransfer({ ...rest, roomName, identity, to });
}

const allowed = 'a phone number, a tel: URI, or a sip: or sips: URI with user and host';
const without = 'headers (`?`), escapes (`%`), a password, a `method`, or a second scheme';

/** RFC 3966, and RFC 3261 section 25.1, without the parts that would let a REFER do more than place a call. */
const telUri = /^tel:(\+?[\da-d*#\p{Zs}().-]+)((?:;[^\s<>"%?:@;]+)*)$/iu;
const sipUri = /^(sips?):([^\s<>"%?:@]+)@((?:\[[\da-f:.]+\]|[\w.-]+)(?::\d+)?(?:;[^\s<>"%?:@;]+)*)$/i;

/**
 * Returns the URI that a REFER names for a number or URI: the server accepts only URIs, with the scheme in lower case.
 *
 * @throws SipDialerError `missing-option` or `invalid-option` for a string to which no phone can be transferred
 */
export function checkReferTo(to: string): string {
  validate(required(line), to, 'to');
  const [, number, parameters = ''] = telUri.exec(/^[+\d*#(]/.test(to) ? `tel:${to}` : to) ?? [];
  if (number !== undefined) return `tel:${plainNumber(`tel:${number}`)}${parameters}`;
  const [, scheme = '', user = '', host = ''] = sipUri.exec(to) ?? [];
  requireThat(scheme !== '' && !/;method=/i.test(host), 'to', `${allowed}, without ${without}`);
  return `${scheme.toLowerCase()}:${plainNumber(user)}@${host}`;
}
