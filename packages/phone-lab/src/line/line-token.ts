import { AccessToken } from 'livekit-server-sdk';
import type { ServerKey } from '../server/server-config.js';
import type { LineIdentity } from './phone-line.js';

/** Token of a participant of kind SIP. */
export async function lineToken(key: ServerKey, seat: LineIdentity): Promise<string> {
  const token = new AccessToken(key.apiKey, key.apiSecret, {
    identity: seat.identity,
    ttl: '24h',
    attributes: { ...seat.attributes },
    ...(seat.name && { name: seat.name }),
    ...(seat.metadata && { metadata: seat.metadata }),
  });
  token.kind = 'sip';
  token.addGrant({
    roomJoin: true,
    room: seat.roomName,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
    canUpdateOwnMetadata: true,
  });
  return token.toJwt();
}
