import { setTimeout as delay } from 'node:timers/promises';
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { TwirpMethod } from '../faults/twirp-methods.js';
import type { ServerKey } from '../server/server-config.js';
import { textOf } from '../sip/sip-records.js';
import type { FrontHandler } from './lab-proxy.js';
import { gatewayError } from '../twirp/gateway-error.js';
import { parseFields } from '../sip/read-dial-request.js';
import { mayAdminister, mayMove, tokenOf } from './token.js';
import { sendTwirpError, type TwirpError } from '../twirp/twirp-error.js';

/** Methods that the service sends on to the node where the room is; the node then knows whether a participant is there. */
const roomMethods: readonly TwirpMethod[] = ['ListParticipants', 'GetParticipant', 'SendData'];

/** Methods that the service sends on to the node where the participant is. */
const participantMethods: readonly TwirpMethod[] = [
  'RemoveParticipant',
  'MutePublishedTrack',
  'UpdateParticipant',
  'UpdateSubscriptions',
  'ForwardParticipant',
  'MoveParticipant',
];

/** How often the service asks before it gives up. */
const attempts = 3;

/** The answer when no node takes a request. */
export const noResponse: TwirpError = gatewayError('unavailable', 'no response from servers');

export const roomServicePath = '/twirp/livekit.RoomService';

/** The server's description of itself. */
type Rooms = Pick<RoomServiceClient, 'listRooms' | 'getParticipant'>;

/**
 * Answers as a service that looks nothing up before it asks the node of a room or participant: where there is none, no node
 * answers, and the request fails with 503. A self-hosted server has its rooms at hand and looks first for most of the methods.
 * A request whose room or participant exists is passed on to `next`.
 */
export function nodeRequests(
  rooms: Rooms,
  key: ServerKey,
  noResponseMs: number,
  closing: AbortSignal,
  next: ReadonlyMap<string, FrontHandler>,
): ReadonlyMap<string, FrontHandler> {
  const handler =
    (method: TwirpMethod): FrontHandler =>
    async (request, response, body) => {
      const path = `${roomServicePath}/${method}`;
      const goOn = async (): Promise<boolean> => (await next.get(path)?.(request, response, body)) ?? false;
      const fields = parseFields(body);
      if (!fields) return goOn();
      const room = textOf(fields, 'room');
      const destination = textOf(fields, 'destinationRoom');
      const token = tokenOf(request);
      // A forbidden or invalid request is rejected before any node is asked.
      const isAsked =
        destination === ''
          ? mayAdminister(token, key, room)
          : mayMove(token, key, room, destination) && room !== destination;
      if (!isAsked) return goOn();
      const identity = participantMethods.includes(method) ? textOf(fields, 'identity') : undefined;
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        if (await hasNode(rooms, room, identity)) return goOn();
        await delay(noResponseMs / attempts, undefined, { signal: closing });
      }
      sendTwirpError(response, noResponse);
      return true;
    };
  return new Map(
    [...roomMethods, ...participantMethods].map((method) => [`${roomServicePath}/${method}`, handler(method)]),
  );
}

/** Whether there is a node that would answer. A server that is gone has the last word itself. */
async function hasNode(rooms: Rooms, room: string, identity: string | undefined): Promise<boolean> {
  try {
    if (identity === undefined) return (await rooms.listRooms([room])).length > 0;
    await rooms.getParticipant(room, identity);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'status' in error && [404, 503].includes(Number(error.status)));
  }
}
