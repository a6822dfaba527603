import type { SipApiConnection } from '../api/sip-api.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { requireThat } from '../options/validate.js';
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
    throw new SipDialerError('conflicting-options', 'give either `trunkId` or `connection`, not both', {
      option: 'trunkId',
    });
  }
  if (connection !== undefined) return { trunkId: '', connection: toApi(connection, target) };
  if (trunkId === undefined) {
    throw new SipDialerError('missing-option', 'give either `trunkId` or `connection`', { option: 'trunkId' });
  }
  const plain = target.host === undefined && !target.secure;
  requireThat(
    plain,
    'to',
    'without a host and not sips: when a stored trunk is used: the trunk decides where and how the call goes',
  );
  return { trunkId };
}

function toApi(connection: SipConnection, target: DialTarget): SipApiConnection {
  const { hostname = target.host, transport = target.secure ? 'tls' : 'auto', ...rest } = connection;
  if (hostname === undefined) {
    const option = 'connection.hostname';
    throw new SipDialerError('missing-option', `\`${option}\` is missing, and \`to\` names no host`, { option });
  }
  requireThat(target.host === undefined || target.host === hostname, 'to', 'of the same host as connection.hostname');
  requireThat(!target.secure || transport === 'tls', 'connection.transport', 'tls for a sips: URI');
  return { ...structuredClone(rest), hostname, transport: transports[transport] };
}
