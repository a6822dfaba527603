import { randomUUID } from 'node:crypto';
import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import type { CallerLocation } from '../locate-caller.js';

/** A connection to the caller's room that does not end with the job's. Whoever opens it disconnects it. */
export async function openOwnLine({ callerRoomName, url, apiKey, apiSecret }: CallerLocation): Promise<Room> {
  const token = new AccessToken(apiKey, apiSecret, { identity: `warm-transfer-${randomUUID()}`, ttl: JOIN_WITHIN_S });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room: callerRoomName, canPublish: true, canSubscribe: true, canPublishData: true });
  const room = new Room();
  await room.connect(url, await token.toJwt());
  return room;
}

/** Also for connecting anew after a loss of network. */
const JOIN_WITHIN_S = 600;
