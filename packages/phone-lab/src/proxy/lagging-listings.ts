import { setTimeout as delay } from 'node:timers/promises';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { LiveKitServer } from '../server/livekit-server.js';
import { textOf } from '../sip/sip-records.js';
import { postRequest } from '../twirp/post-request.js';
import type { FrontHandler } from './lab-proxy.js';
import { roomServicePath } from './node-requests.js';
import { parseFields } from '../sip/read-dial-request.js';
import { mayAdminister, tokenOf } from './token.js';

export const listParticipantsPath: string = `${roomServicePath}/ListParticipants`;

/** Between two looks at the server, ms. */
const lookEveryMs = 50;

/** The listings of all rooms at one time, as the server answers them; undefined if it did not. */
interface Look {
  readonly at: number;
  readonly listings: ReadonlyMap<string, Buffer> | undefined;
}

/**
 * Answers `ListParticipants` with the state of `lagMs` ago: a room that has come since is empty, one that has gone since is
 * still there. A state older than the first look, or of a time when the server did not answer, goes on to `next`.
 */
export function laggingListings(
  server: Pick<LiveKitServer, 'url' | 'apiKey' | 'apiSecret'>,
  lagMs: number,
  closing: AbortSignal,
  next: FrontHandler,
): FrontHandler {
  const looks: Look[] = [];
  void keepLooking(server, lagMs, closing, looks);
  return async (request, response, body) => {
    const fields = parseFields(body);
    const room = textOf(fields, 'room');
    const listings = looks.findLast(({ at }) => at <= Date.now() - lagMs)?.listings;
    if (!fields || !listings || !mayAdminister(tokenOf(request), server, room)) return next(request, response, body);
    const then = listings.get(room);
    const isNew = then === undefined && looks.at(-1)?.listings?.has(room) === true;
    if (then === undefined && !isNew) return next(request, response, body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(then ?? '{"participants":[]}');
    return true;
  };
}

/** Looks at the server until the lab closes, and keeps the states needed to answer. */
async function keepLooking(
  server: Pick<LiveKitServer, 'url' | 'apiKey' | 'apiSecret'>,
  lagMs: number,
  closing: AbortSignal,
  looks: Look[],
): Promise<void> {
  while (!closing.aborted) {
    const at = Date.now();
    looks.push({ at, listings: await listAll(server).catch(() => undefined) });
    const newest = looks.findLastIndex((look) => look.at <= at - lagMs);
    if (newest > 0) looks.splice(0, newest);
    // Only the end of the lab aborts the delay.
    await delay(lookEveryMs, undefined, { signal: closing, ref: false }).catch(() => undefined);
  }
}

async function listAll({ url, apiKey, apiSecret }: Parameters<typeof keepLooking>[0]): Promise<Map<string, Buffer>> {
  const rooms = await new RoomServiceClient(url, apiKey, apiSecret, { failover: false }).listRooms();
  const listed = rooms.map(async ({ name }): Promise<[string, Buffer]> => {
    const token = new AccessToken(apiKey, apiSecret);
    token.addGrant({ roomAdmin: true, room: name });
    const headers = { authorization: `Bearer ${await token.toJwt()}`, 'content-type': 'application/json' };
    const answer = await postRequest(
      new URL(listParticipantsPath, url),
      headers,
      Buffer.from(JSON.stringify({ room: name })),
    );
    return [name, answer.status === 200 ? answer.body : Buffer.from('{"participants":[]}')];
  });
  return new Map(await Promise.all(listed));
}
