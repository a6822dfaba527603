import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';

/** The server that a child process is to use. */
export interface Server {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

export const serverOf = ({ url, apiKey, apiSecret }: Server): NodeJS.ProcessEnv => ({
  LIVEKIT_URL: url,
  LIVEKIT_API_KEY: apiKey,
  LIVEKIT_API_SECRET: apiSecret,
});

export function serverFromEnvironment(): Server {
  const { LIVEKIT_URL: url = '', LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: apiSecret = '' } = process.env;
  return { url, apiKey, apiSecret };
}

/** Joins a room as an agent does. */
export async function joinRoom({ url, apiKey, apiSecret }: Server, room: string, identity: string): Promise<Room> {
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: 3_600 });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canUpdateOwnMetadata: true });
  const joined = new Room();
  await joined.connect(url, await token.toJwt());
  return joined;
}

/**
 * Joins as many rooms, one after the other: each message of rtc-node visits every room of the process, and those that come
 * in while a room connects are kept by it, so that many rooms connecting in parallel cost their number squared.
 */
export async function joinRooms(server: Server, name: string, count: number, identity = 'agent'): Promise<Room[]> {
  const rooms: Room[] = [];
  for (let i = 0; i < count; i += 1) rooms.push(await joinRoom(server, `${name}-${i}`, identity));
  return rooms;
}
