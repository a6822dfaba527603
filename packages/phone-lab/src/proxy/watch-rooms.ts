import type { IncomingMessage, ServerResponse } from 'node:http';
import { currentCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import type { SipGateway } from '../gateway/sip-gateway.js';
import type { ServerKey } from '../server/server-config.js';
import type { FrontHandler } from './lab-proxy.js';
import { mayThrowOut, tokenOf } from './token.js';

/** The facts that the lab learns from requests to the room service, which are all passed on to the server. */
export interface RoomWatch {
  readonly handlers: ReadonlyMap<string, FrontHandler>;
  /** Rooms that were created by API, with their origins. */
  readonly roomsCreated: Map<string, CreatedBy | undefined>;
}

const service = '/twirp/livekit.RoomService';

/**
 * Notes created rooms and removed participants.
 *
 * The media library does not always notice that it was removed shortly after it joined, and never while it joins: it waits
 * 15 s and joins again. The gateway ends the call immediately, so that it must be notified; and before the removal, so that
 * the library frees its published tracks.
 */
export function watchRooms(gateway: Pick<SipGateway, 'beforeThrownOut' | 'thrownOut'>, key: ServerKey): RoomWatch {
  const roomsCreated = new Map<string, CreatedBy | undefined>();

  const throwOut = async (request: IncomingMessage, response: ServerResponse, room: string, identity?: string) => {
    whenSucceeded(response, () => gateway.thrownOut(room, identity));
    if (mayThrowOut(tokenOf(request), key, room, identity)) await gateway.beforeThrownOut(room, identity);
    return false;
  };

  const handlers = new Map<string, FrontHandler>([
    [
      `${service}/CreateRoom`,
      async (_request, response, body) => {
        const origin = currentCreatedBy();
        const { name } = fieldsOf(body);
        if (typeof name === 'string') whenSucceeded(response, () => roomsCreated.set(name, origin));
        return false;
      },
    ],
    [
      `${service}/DeleteRoom`,
      (request, response, body) => {
        const room = String(fieldsOf(body)['room']);
        whenSucceeded(response, () => roomsCreated.delete(room));
        return throwOut(request, response, room);
      },
    ],
    [
      `${service}/RemoveParticipant`,
      (request, response, body) => {
        const { room, identity } = fieldsOf(body);
        return throwOut(request, response, String(room), String(identity));
      },
    ],
  ]);
  return { handlers, roomsCreated };
}

function whenSucceeded(response: ServerResponse, act: () => void): void {
  response.once('finish', () => {
    if (response.statusCode === 200) act();
  });
}

function fieldsOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    return {}; // Protobuf, from another SDK: the lab does not read it.
  }
}
