import type { RoomServiceClient } from 'livekit-server-sdk';
import { isListener } from '../ears/room-listener.js';
import { type LabProxy, workerPath } from '../proxy/lab-proxy.js';
import { describeCreatedBy, type CreatedBy } from '../attribution/created-by.js';
import type { OpenResource } from '../attribution/process-watch.js';
import type { SimulatedCall } from '../call/simulated-call.js';
import type { SipDirectory } from '../sip/sip-directory.js';
import type { Leftover } from './phone-lab.js';

export interface LeftoverSources {
  readonly rooms: Pick<RoomServiceClient, 'listRooms' | 'listParticipants'>;
  readonly calls: readonly SimulatedCall[];
  /** Sids of phones whose calls are over: the server keeps a phone that was killed for some 20 s. */
  readonly lostPhones: ReadonlySet<string>;
  readonly proxy: Pick<LabProxy, 'openRequests' | 'openSockets' | 'roomsJoined' | 'joinOf'>;
  readonly roomsCreated: ReadonlyMap<string, CreatedBy | undefined>;
  readonly directory: Pick<SipDirectory, 'left'>;
  /** The open resources of this process, if they are watched. */
  readonly openResources: readonly OpenResource[];
  /** Programs that the lab has started, by process. */
  readonly programs: ReadonlyMap<number, string>;
  /** Rooms that the lab's callers opened: empty ones are the lab's own business. */
  readonly ownRooms: ReadonlySet<string>;
  /** On a `running` server of others only the rooms that came through the proxy count; a `stopped` one has none. */
  readonly server: 'own' | 'running' | 'stopped';
  /** A worker that the lab started is running. */
  readonly ownWorker: boolean;
}

type Found = Omit<Leftover, 'madeBy'> & { readonly origin: CreatedBy | undefined };

/**
 * Returns everything that is left, with its origin: calls that are up, participants and their tracks, sockets, requests without an
 * answer, and rooms, trunks and rules that were created by API and not deleted; also what this process has open, if that is
 * watched. An empty room that came to be by joining does not count: the server closes it.
 */
export async function findLeftovers(sources: LeftoverSources): Promise<Leftover[]> {
  const { proxy, ownRooms, roomsCreated, calls } = sources;
  // A call that was not routed is in no room: only the lab can end it.
  const inRooms = calls.filter(({ roomName }) => roomName !== '');
  const left: Found[] = inRooms.map(({ setup, current, roomName, origin }) => ({
    kind: 'call',
    what: `phone ${setup.number} is ${current ?? 'joining'} in room ${roomName}`,
    origin,
  }));
  for (const { name } of sources.server === 'stopped' ? [] : await sources.rooms.listRooms()) {
    const seen =
      sources.server === 'own' || ownRooms.has(name) || roomsCreated.has(name) || proxy.roomsJoined.has(name);
    if (!seen) continue;
    if (roomsCreated.has(name)) {
      const what = `room ${name} was created and not deleted`;
      left.push({ kind: 'room', what, origin: roomsCreated.get(name) });
    }
    left.push(...(await participantsLeft(sources, name)));
  }
  for (const { what, origin } of proxy.openSockets) {
    // A worker of the lab's own stays connected as long as the lab runs it.
    if (!sources.ownWorker || what !== workerPath) left.push({ kind: 'socket', what: `socket ${what}`, origin });
  }
  for (const { what, origin } of proxy.openRequests) {
    left.push({ kind: 'request', what: `request ${what} has no answer`, origin });
  }
  left.push(...sources.directory.left, ...sources.openResources);
  return Promise.all(left.map((found) => withMaker(found, sources.programs)));
}

async function participantsLeft(sources: LeftoverSources, room: string): Promise<Found[]> {
  const seats = new Set(sources.calls.map(({ setup, roomName }) => `${roomName}/${setup.seat.identity}`));
  // The room may be deleted between the two lists.
  const participants = await sources.rooms.listParticipants(room).catch(() => []);
  return participants
    .filter(({ identity, sid }) => !seats.has(`${room}/${identity}`) && !sources.lostPhones.has(sid))
    .filter(({ identity }) => !isListener(identity))
    .flatMap(({ identity, tracks }): Found[] => {
      const origin = sources.proxy.joinOf(room, identity);
      const published = tracks.map(
        ({ sid, name }) => `track ${sid}${name && ` (${name})`} of ${identity} in room ${room}`,
      );
      return [
        { kind: 'participant', what: `participant ${identity} is in room ${room}`, origin },
        ...published.map((what): Found => ({ kind: 'track', what, origin })),
      ];
    });
}

async function withMaker({ origin, ...left }: Found, programs: ReadonlyMap<number, string>): Promise<Leftover> {
  return { ...left, ...(origin && { madeBy: await describeCreatedBy(origin, programs) }) };
}
