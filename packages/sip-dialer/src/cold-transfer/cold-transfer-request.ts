import { required } from '@org/support';
import type { LegPlace } from '../leg/leg-observer.js';
import { callTransferOptions, coldTransferRequest } from '../options/cold-transfer-shape.js';
import { line } from '../options/sip-rules.js';
import { requireThat, validate } from '../options/validate.js';
import { plainNumber } from '../request/plain-number.js';
import { secretsIn } from '../request/secrets-in.js';

/** A phone in a room that is asked, by SIP REFER (RFC 3515), to leave the room and call somebody else. */
export interface ColdTransferRequest {
  readonly roomName: string;
  /** Identity of the phone in the room: one that we dialed, or one that called in. */
  readonly identity: string;
  /** Whom the phone is to call: `sip:user@host`, `sips:user@host`, `tel:` URI, or a phone number, which is sent as `tel:`. */
  readonly to: string;
  /** Extra headers of the REFER. Those that make up the call itself (Via, Refer-To, Contact, …) are refused. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long the phone may take to reach the target, in milliseconds; 1000 to 600000, rounded up to seconds. Default 30000. */
  readonly ringingTimeoutMs?: number | undefined;
  /** Plays a dial tone to the phone meanwhile, in place of the room. Default false. */
  readonly playDialtone?: boolean | undefined;
}

/** How a call of ours is sent elsewhere. */
export type CallTransferOptions = Omit<ColdTransferRequest, 'roomName' | 'identity' | 'to'> & ColdTransferOptions;

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

/** Refuses by a `SipDialerError` whatever cannot be honored. */
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

/** The same for a call of ours. */
export function planCallTransfer(place: LegPlace, to: string, options: CallTransferOptions): ColdTransferPlan {
  validate(callTransferOptions, options, 'options');
  const { roomName, identity } = place;
  const { signal: _signal, ...rest } = options;
  return planColdTransfer({ ...rest, roomName, identity, to });
}

const allowed = 'a phone number, a tel: URI, or a sip: or sips: URI with user and host';
const without = 'headers (`?`), escapes (`%`), a password, a `method`, or a second scheme';

/** RFC 3966, and RFC 3261 section 25.1, less what would let a REFER do more than call somebody. */
const telUri = /^tel:(\+?[\da-d*#\p{Zs}().-]+)((?:;[^\s<>"%?:@;]+)*)$/iu;
const sipUri = /^(sips?):([^\s<>"%?:@]+)@((?:\[[\da-f:.]+\]|[\w.-]+)(?::\d+)?(?:;[^\s<>"%?:@;]+)*)$/i;

/**
 * The URI that a REFER would name for this number or URI: the server takes URIs only, with the scheme in lower case.
 *
 * @throws SipDialerError `missing-option` or `invalid-option` for what no phone could be sent to
 */
export function checkReferTo(to: string): string {
  validate(required(line), to, 'to');
  const [, number, parameters = ''] = telUri.exec(/^[+\d*#(]/.test(to) ? `tel:${to}` : to) ?? [];
  if (number !== undefined) return `tel:${plainNumber(`tel:${number}`)}${parameters}`;
  const [, scheme = '', user = '', host = ''] = sipUri.exec(to) ?? [];
  requireThat(scheme !== '' && !/;method=/i.test(host), 'to', `${allowed}, without ${without}`);
  return `${scheme.toLowerCase()}:${plainNumber(user)}@${host}`;
}
