import { within } from '@org/support';
import { type ListedParticipant, nonHumanKinds } from '../api/room-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { timedOut } from '../async/timed-out.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParsedSweepOptions } from '../options/sweep-options.js';
import { isRoomGone } from '../room/is-room-gone.js';
import { releaseRoom } from '../room/release-room.js';
import { readRoomMetadata } from '../room/room-metadata.js';

/** LiveKit's `ParticipantInfo.Kind.AGENT`. */
const agentKind = 4;

/** Pause before a failed deletion is retried, and timeout of one room, in milliseconds. */
const retryMs = 100;
const deleteTimeoutMs = 10_000;

/** A consult room that this package created, in any process. */
export interface ManagedRoom {
  readonly name: string;
  readonly callerRoom: string;
  readonly agent: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** @throws ConsultRoomError `unauthorized`, `unreachable`, `timeout` or `server` */
export async function findManagedRooms({
  rooms,
  requestTimeoutMs,
}: ParsedSweepOptions): Promise<readonly ManagedRoom[]> {
  try {
    const listed = await within(requestTimeoutMs, rooms.listRooms(), timedOut('list rooms'));
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

/** Returns `orphan` if neither agent nor caller is present, or why the room is kept. If the server does not answer, it is. */
export async function checkOrphan(
  options: ParsedSweepOptions,
  room: ManagedRoom,
): Promise<'orphan' | 'gone' | 'agent' | 'caller' | 'unknown'> {
  const participants = await listParticipants(options, room.name);
  if (participants === 'unknown') return 'unknown';
  if (participants.some(({ identity, kind }) => identity === room.agent || kind === agentKind)) return 'agent';
  const callers = await listParticipants(options, room.callerRoom);
  if (callers === 'unknown') return 'unknown';
  return callers.some(({ kind }) => !nonHumanKinds.includes(kind)) ? 'caller' : stillThere(options, room);
}

/** Returns `gone` for a room that was deleted meanwhile, even if another one of the same name was created. */
async function stillThere(options: ParsedSweepOptions, room: ManagedRoom): Promise<'orphan' | 'gone' | 'unknown'> {
  try {
    const [listed] = await within(
      options.requestTimeoutMs,
      options.rooms.listRooms([room.name]),
      timedOut('list a room'),
    );
    const ours = listed && readRoomMetadata(listed.metadata);
    return ours && Date.parse(ours.createdAt) === room.createdAt ? 'orphan' : 'gone';
  } catch {
    // A room of unknown state is not deleted; the next sweep checks it again.
    return 'unknown';
  }
}

async function listParticipants(
  { rooms, requestTimeoutMs }: ParsedSweepOptions,
  room: string,
): Promise<readonly ListedParticipant[] | 'unknown'> {
  try {
    return await within(requestTimeoutMs, rooms.listParticipants(room), timedOut('list participants'));
  } catch (error) {
    const status = getHttpStatus(error);
    const isGone = status === 404 || (status === 503 && (await isRoomGone(rooms, room, requestTimeoutMs)));
    return isGone ? [] : 'unknown';
  }
}

export async function deleteOrphan(
  { rooms }: ParsedSweepOptions,
  { name }: ManagedRoom,
): Promise<ConsultRoomError | undefined> {
  const target = { service: rooms, name, owned: true, guests: new Set<string>(), retryMs, timeoutMs: deleteTimeoutMs };
  const [problem] = await releaseRoom(target);
  return problem?.error;
}
