import { within } from '@org/support';
import type { ParticipantService } from '../api/participant-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { timedOut } from '../async/timed-out.js';
import { ConsultRoomError } from '../consult-room-error.js';

export interface Move {
  readonly identity: string;
  readonly from: string;
  readonly to: string;
}

export interface MoveLimits {
  /** Timeout of the request, and of each listing. */
  readonly requestMs: number;
  /** How long a listing may lag behind the answer. */
  readonly listedMs: number;
}

/** The most time that {@link moveParticipant} takes: the request, and the listings, of which the last two may hang. */
export function maxMoveMs({ requestMs, listedMs }: MoveLimits): number {
  return 3 * requestMs + listedMs;
}

/** Pause between two listings, in milliseconds. */
const listEveryMs = 50;

/**
 * Moves a participant to another room. The listings decide, not the answer: a request can fail after it succeeded on
 * the server, or be answered before it did. Resolves to undefined once the participant is listed in the other room, or
 * to the error otherwise. Never rejects.
 */
export async function moveParticipant(
  service: ParticipantService,
  move: Move,
  { requestMs, listedMs }: MoveLimits,
): Promise<ConsultRoomError | undefined> {
  const failure = await request(service, move, requestMs);
  if (failure?.code === 'not-implemented') return failure;
  const endsAt = performance.now() + listedMs;
  for (;;) {
    if (await isListed(service, move.to, move.identity, requestMs)) return undefined;
    const here = await isListed(service, move.from, move.identity, requestMs);
    // A rejection that changed nothing is final; otherwise the listings get time.
    const refused = failure !== undefined && failure.code !== 'timeout' && here === true;
    if (refused || performance.now() >= endsAt) {
      return failure ?? new ConsultRoomError('server', 'move a participant: the server answered, but did not move it');
    }
    await sleep(listEveryMs);
  }
}

async function request(
  service: ParticipantService,
  move: Move,
  timeoutMs: number,
): Promise<ConsultRoomError | undefined> {
  try {
    await within(timeoutMs, service.moveParticipant(move.from, move.identity, move.to), timedOut('move a participant'));
    return undefined;
  } catch (error) {
    return toConsultRoomError(error, 'move a participant');
  }
}

/** Resolves to undefined if the server does not answer. */
async function isListed(
  service: ParticipantService,
  room: string,
  identity: string,
  timeoutMs: number,
): Promise<boolean | undefined> {
  try {
    const participants = await within(timeoutMs, service.listParticipants(room), timedOut('list participants'));
    return participants.some((one) => one.identity === identity);
  } catch (error) {
    return getHttpStatus(error) === 404 ? false : undefined;
  }
}
