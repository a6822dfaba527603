import type { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { isRoomGone } from '../room/is-room-gone.js';
import { releaseRoom } from '../room/release-room.js';
import { readRoomMetadata } from '../room/room-metadata.js';
import { machineKinds } from '../api/room-service.js';
import type { ListedParticipant } from '../api/room-service.js';
import { within } from '../async/with-timeout.js';
import type { ResolvedSweepOptions } from '../options/sweep-options.js';

/** LiveKit's `ParticipantInfo.Kind.AGENT`. */
const agentKind = 4;

/** Pause before a failed deletion is tried again, and the limit of one room, in milliseconds. */
const retryMs = 100;
const deleteLimitMs = 10_000;

/** A consult room that this package made, in whatever process. */
export interface OurRoom {
  readonly name: string;
  readonly callerRoom: string;
  readonly agent: string | undefined;
  /** Epoch, ms. */
  readonly createdAt: number;
}

/** @throws ConsultRoomError */
export async function findOurRooms({ rooms, requestTimeoutMs }: ResolvedSweepOptions): Promise<readonly OurRoom[]> {
  try {
    const listed = await within(rooms.listRooms(), requestTimeoutMs, 'list rooms');
    return listed.flatMap(({ name, metadata }) => {
      const ours = readRoomMetadata(metadata);
      const createdAt = Date.parse(ours?.createdAt ?? '');
      return ours && !Number.isNaN(createdAt)
        ? [{ name, callerRoom: ours.callerRoom, agent: ours.agent, createdAt }]
        : [];
    });
  } catch (error) {
    throw toConsultRoomError(error, 'list rooms');
  }
}

/** Whether neither agent nor caller is there. What the server does not tell counts as there. */
export async function isOrphan(
  options: ResolvedSweepOptions,
  room: OurRoom,
): Promise<'orphan' | 'gone' | 'agent' | 'caller' | 'unknown'> {
  const people = await listPeople(options, room.name);
  if (people === 'unknown') return 'unknown';
  if (people.some(({ identity, kind }) => identity === room.agent || kind === agentKind)) return 'agent';
  const callers = await listPeople(options, room.callerRoom);
  if (callers === 'unknown') return 'unknown';
  return callers.some(({ kind }) => !machineKinds.includes(kind)) ? 'caller' : stillThere(options, room);
}

/** A room of the same name may have been made anew meanwhile. */
async function stillThere(options: ResolvedSweepOptions, room: OurRoom): Promise<'orphan' | 'gone' | 'unknown'> {
  try {
    const [listed] = await within(options.rooms.listRooms([room.name]), options.requestTimeoutMs, 'list a room');
    const ours = listed && readRoomMetadata(listed.metadata);
    return ours && Date.parse(ours.createdAt) === room.createdAt ? 'orphan' : 'gone';
  } catch {
    // What is not known is not deleted; the next sweep asks again.
    return 'unknown';
  }
}

async function listPeople(
  { rooms, requestTimeoutMs }: ResolvedSweepOptions,
  room: string,
): Promise<readonly ListedParticipant[] | 'unknown'> {
  try {
    return await within(rooms.listParticipants(room), requestTimeoutMs, 'list participants');
  } catch (error) {
    const status = httpStatusOf(error);
    const isGone = status === 404 || (status === 503 && (await isRoomGone(rooms, room, requestTimeoutMs)));
    return isGone ? [] : 'unknown';
  }
}

export async function deleteOrphan(
  { rooms }: ResolvedSweepOptions,
  { name }: OurRoom,
): Promise<ConsultRoomError | undefined> {
  const target = { service: rooms, name, owned: true, guests: new Set<string>(), retryMs, limitMs: deleteLimitMs };
  const [problem] = await releaseRoom(target);
  return problem?.error;
}
