import type { SipApiConnection } from '../api/sip-api.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { requireExtraHeader, requireHeaderName } from './check-headers.js';
import { requireLine, requireOneOf, requireText, requireTexts, requireThat } from './check-option.js';
import type { DialRequest, SipConnection } from './dial-request.js';
import type { DialTarget } from './parse-target.js';

export interface TrunkChoice {
  /** Empty for an inline connection. */
  readonly trunkId: string;
  readonly connection?: SipApiConnection;
}

/** The SDK's `SIPTransport`. */
const transports = { auto: 0, udp: 1, tcp: 2, tls: 3 } as const;

export function chooseTrunk(request: DialRequest, target: DialTarget): TrunkChoice {
  const trunkId = request.trunkId ?? undefined;
  const connection = request.connection ?? undefined;
  if (trunkId !== undefined && connection !== undefined) {
    throw new SipDialerError('conflicting-options', 'give either trunkId or connection, not both', {
      option: 'trunkId',
    });
  }
  if (connection !== undefined) return { trunkId: '', connection: toApi(connection, target) };
  if (trunkId === undefined) {
    throw new SipDialerError('missing-option', 'give either trunkId or connection', { option: 'trunkId' });
  }
  const plain = target.host === undefined && !target.secure;
  requireThat(
    plain,
    'to',
    'without a host and not sips: when a stored trunk is used: the trunk decides where and how the call goes',
  );
  return { trunkId: requireText(trunkId, 'trunkId') };
}

function toApi(connection: SipConnection, target: DialTarget): SipApiConnection {
  const { hostname = target.host, transport = target.secure ? 'tls' : 'auto', ...rest } = connection;
  const host = requireText(hostname, 'connection.hostname');
  requireThat(!/[@;]|^sips?:/i.test(host), 'connection.hostname', 'a host name or address, not a URI');
  requireThat(target.host === undefined || target.host === host, 'to', 'of the same host as connection.hostname');
  requireOneOf(transport, 'connection.transport', transports);
  requireThat(!target.secure || transport === 'tls', 'connection.transport', 'tls for a sips: URI');
  return { ...checkRest(rest), hostname: host, transport: transports[transport] };
}

function checkRest(
  rest: Omit<SipConnection, 'hostname' | 'transport'>,
): Omit<SipApiConnection, 'hostname' | 'transport'> {
  const { headersToAttributes, attributesToHeaders, ...texts } = rest;
  for (const [name, value] of Object.entries(texts)) {
    if (value !== undefined) requireLine(value, `connection.${name}`);
  }
  return {
    ...texts,
    ...(headersToAttributes && { headersToAttributes: checkHeadersToAttributes(headersToAttributes) }),
    ...(attributesToHeaders && { attributesToHeaders: checkAttributesToHeaders(attributesToHeaders) }),
  };
}

function checkHeadersToAttributes(map: Readonly<Record<string, string>>): Record<string, string> {
  const option = 'connection.headersToAttributes';
  const texts = requireTexts(map, option);
  for (const header of Object.keys(texts)) requireHeaderName(header, option);
  return texts;
}

function checkAttributesToHeaders(map: Readonly<Record<string, string>>): Record<string, string> {
  const option = 'connection.attributesToHeaders';
  const texts = requireTexts(map, option);
  for (const header of Object.values(texts)) requireExtraHeader(header, option);
  return texts;
}
