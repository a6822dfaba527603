import { Room } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';

/** The server that a child process was told to use. */
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
