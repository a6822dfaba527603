import type { RoomServiceClient } from 'livekit-server-sdk';
import { isListener } from '../ears/room-listener.js';
import { type Front, workerPath } from '../front/front.js';
import type { SimulatedCall } from '../phone/simulated-call.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import type { Leftover } from './phone-lab.js';

export interface LeftoverSources {
  readonly rooms: Pick<RoomServiceClient, 'listRooms' | 'listParticipants'>;
  readonly calls: readonly SimulatedCall[];
  /** Sids of phones whose calls are over: the server keeps a phone that was killed for some 20 s. */
  readonly lostPhones: ReadonlySet<string>;
  readonly front: Pick<Front, 'openRequests' | 'openSockets' | 'roomsJoined'>;
  readonly roomsCreated: ReadonlySet<string>;
  readonly directory: Pick<SipDirectory, 'left'>;
  /** Rooms that the lab's callers opened: empty ones are the lab's own business. */
  readonly ownRooms: ReadonlySet<string>;
  /** On a `running` server of others only the rooms that came through the front count; a `stopped` one has none. */
  readonly server: 'own' | 'running' | 'stopped';
  /** A worker that the lab started is running. */
  readonly ownWorker: boolean;
}

/**
 * Everything that somebody left: calls that are up, participants, sockets, requests without an answer, and rooms, trunks
 * and rules that were created by API and not deleted. An empty room that came to be by joining does not count: the server closes it.
 */
export async function findLeftovers(sources: LeftoverSources): Promise<Leftover[]> {
  const { front, ownRooms, roomsCreated, calls } = sources;
  const left: Leftover[] = calls.map(({ setup, current, roomName }) => ({
    kind: 'call',
    what: `phone ${setup.number} is ${current ?? 'joining'} in room ${roomName}`,
  }));
  for (const { name } of sources.server === 'stopped' ? [] : await sources.rooms.listRooms()) {
    const seen =
      sources.server === 'own' || ownRooms.has(name) || roomsCreated.has(name) || front.roomsJoined.has(name);
    if (!seen) continue;
    if (roomsCreated.has(name)) left.push({ kind: 'room', what: `room ${name} was created and not deleted` });
    left.push(...(await participantsLeft(sources, name)));
  }
  // A worker of the lab's own stays connected as long as the lab runs it.
  const sockets = front.openSockets.filter((path) => !(sources.ownWorker && path === workerPath));
  left.push(...sockets.map((what): Leftover => ({ kind: 'socket', what: `socket ${what}` })));
  left.push(
    ...front.openRequests.map((what): Leftover => ({ kind: 'request', what: `request ${what} has no answer` })),
  );
  left.push(...sources.directory.left);
  return left;
}

async function participantsLeft(sources: LeftoverSources, room: string): Promise<Leftover[]> {
  const seats = new Set(sources.calls.map(({ setup, roomName }) => `${roomName}/${setup.seat.identity}`));
  // The room may be deleted between the two lists.
  const participants = await sources.rooms.listParticipants(room).catch(() => []);
  return participants
    .filter(({ identity, sid }) => !seats.has(`${room}/${identity}`) && !sources.lostPhones.has(sid))
    .filter(({ identity }) => !isListener(identity))
    .map(({ identity }) => ({ kind: 'participant', what: `participant ${identity} is in room ${room}` }));
}
