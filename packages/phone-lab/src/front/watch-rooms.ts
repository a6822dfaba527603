import type { ServerResponse } from 'node:http';
import { currentOrigin, type Origin } from '../origin/origin.js';
import type { SipGateway } from '../phone/sip-gateway.js';
import type { FrontHandler } from './front.js';

/** What the lab learns from requests to the room service, which all go on to the server. */
export interface RoomWatch {
  readonly handlers: ReadonlyMap<string, FrontHandler>;
  /** Rooms that somebody created by API, and who. */
  readonly roomsCreated: Map<string, Origin | undefined>;
}

const service = '/twirp/livekit.RoomService';

/**
 * Notes created rooms, and who is thrown out.
 *
 * The media library does not always notice that it was thrown out shortly after it joined, and never while it joins: it
 * waits 15 s and joins again. The gateway gives up at once, so it has to be told.
 */
export function watchRooms(gateway: Pick<SipGateway, 'thrownOut'>): RoomWatch {
  const roomsCreated = new Map<string, Origin | undefined>();
  const handlers = new Map<string, FrontHandler>([
    [
      `${service}/CreateRoom`,
      watch(({ name }, origin) => {
        if (typeof name === 'string') roomsCreated.set(name, origin);
      }),
    ],
    [
      `${service}/DeleteRoom`,
      watch(({ room }) => {
        roomsCreated.delete(String(room));
        gateway.thrownOut(String(room));
      }),
    ],
    [`${service}/RemoveParticipant`, watch(({ room, identity }) => gateway.thrownOut(String(room), String(identity)))],
  ]);
  return { handlers, roomsCreated };
}

/** Lets a request go on to the server, and acts if that succeeds. */
function watch(
  onSuccess: (fields: Readonly<Record<string, unknown>>, origin: Origin | undefined) => void,
): FrontHandler {
  return async (_request, response, body) => {
    const origin = currentOrigin();
    whenSucceeded(response, () => onSuccess(fieldsOf(body), origin));
    return false;
  };
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
